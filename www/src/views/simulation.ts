import { h, setText, type View } from "../dom.ts";
import { text } from "../language.ts";
import type { FaultId } from "../types.ts";

/** What was made to go wrong with a detach, and what there is to see; nothing where nothing was. */
export function createSimulation(): View<FaultId | null> {
  const name = h("strong");
  const about = h("span");
  const element = h("p", { class: "operation-simulation", "data-testid": "simulation" }, name, " ", about);
  return {
    element,
    update(id) {
      element.hidden = id === null;
      if (id === null) return;
      const { label, happens, handled } = text.faults.choices[id];
      setText(name, text.activity.simulated(label));
      setText(about, text.faults.story(happens, handled));
    },
  };
}
