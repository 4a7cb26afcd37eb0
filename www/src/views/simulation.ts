import { h, setText, type View } from "../dom.ts";
import { text } from "../language.ts";
import type { Operation } from "../model.ts";

/**
 * What was made to go wrong with a detach, and what there is to see; nothing where nothing was. What is followed after a
 * reload meets it no more, so there is nothing to see of it.
 */
export function createSimulation(): View<Pick<Operation, "simulated" | "isResumed">> {
  const name = h("strong");
  const about = h("span");
  const element = h("p", { class: "operation-simulation", "data-testid": "simulation" }, name, " ", about);
  return {
    element,
    update({ simulated, isResumed }) {
      element.hidden = simulated === null;
      if (simulated === null) return;
      const { label, happens, handled } = text.faults.choices[simulated];
      const { activity, faults } = text;
      setText(name, isResumed ? activity.simulatedBefore(label) : activity.simulated(label));
      setText(about, isResumed ? "" : faults.story(happens, handled));
    },
  };
}
