import type { Controller } from "../controller.ts";
import { h, setText, type View } from "../dom.ts";
import { FAULT_GROUPS, findFault } from "../faults.ts";
import { icon } from "../icons.ts";
import { text } from "../language.ts";
import type { State } from "../model.ts";
import type { FaultId } from "../types.ts";

/** Chooses what goes wrong with the next detach, and says what there will be to see. */
export function createFaultPanel(controller: Controller): View<State> {
  const words = text.faults;
  const titleId = "faults-title";
  const choice = createChoice((id) => controller.chooseFault(id));
  const happens = h("span", { "data-testid": "fault-happens" });
  const handled = h("span", { "data-testid": "fault-handled" });
  const element = h(
    "section",
    { class: "faults", "aria-labelledby": titleId, "data-testid": "faults" },
    h("h2", { id: titleId, class: "eyebrow" }, words.title),
    choice.element,
    h("p", { id: "fault-hint", class: "panel-note" }, words.hint),
    h(
      "dl",
      { class: "faults-about" },
      row(words.happens, happens, (fault) => fault.happens),
      row(words.handled, handled, (fault) => fault.handled),
    ),
  );
  return {
    element,
    update({ faultId }) {
      const about = faultId === null ? words.none : words.choices[faultId];
      choice.update(faultId);
      setText(happens, about.happens);
      setText(handled, about.handled);
      element.dataset.active = String(faultId !== null);
    },
  };
}

type Story = (typeof text.faults.choices)[FaultId];

/** Has room for the longest text, so that nothing below moves with the choice. */
function row(label: string, value: HTMLElement, textOf: (fault: Story) => string): HTMLElement {
  const texts = Object.values(text.faults.choices).map(textOf);
  const longest = texts.reduce((one, other) => (other.length > one.length ? other : one));
  const place = h("dd", { class: "sized", "data-longest": longest }, value);
  return h("div", {}, h("dt", { class: "eyebrow" }, label), place);
}

const NONE = "none";

function createChoice(choose: (id: FaultId | null) => void): View<FaultId | null> {
  const words = text.faults;
  const groups = FAULT_GROUPS.map(({ id, choices }) =>
    h(
      "optgroup",
      { label: words.groups[id] },
      ...choices.map((fault) => option(fault, words.choices[fault].label)),
    ),
  );
  const select = h(
    "select",
    {
      id: "fault",
      "aria-label": words.label,
      "aria-describedby": "fault-hint",
      "data-testid": "fault",
      onchange: () => choose(findFault(select.value)?.id ?? null),
    },
    option(NONE, words.none.label),
    ...groups,
  );
  return {
    element: h("span", { class: "select" }, select, icon("chevron")),
    update(id) {
      const value = id ?? NONE;
      if (select.value !== value) select.value = value;
    },
  };
}

function option(value: string, label: string): HTMLOptionElement {
  return h("option", { value }, label);
}
