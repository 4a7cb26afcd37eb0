import type { Controller } from "../controller.ts";
import { h, type View } from "../dom.ts";
import { FAULT_GROUPS, type FaultChoice, NO_FAULT } from "../faults.ts";
import { icon } from "../icons.ts";
import type { State } from "../model.ts";
import { text } from "../text.ts";

/** Chooses what goes wrong with the next detach. */
export function createFaultSelect(controller: Controller): View<State> {
  const groups = FAULT_GROUPS.map(({ label, choices }) => h("optgroup", { label }, ...choices.map(option)));
  const select = h(
    "select",
    {
      id: "fault",
      "data-testid": "fault",
      title: text.faults.hint,
      onchange: () => controller.chooseFault(select.value),
    },
    option(NO_FAULT),
    ...groups,
  );
  const element = h(
    "div",
    { class: "field-inline" },
    h("label", { for: "fault" }, text.faults.label),
    h("span", { class: "select" }, select, icon("chevron")),
  );
  return {
    element,
    update({ faultId }) {
      if (select.value !== faultId) select.value = faultId;
      element.dataset.active = String(faultId !== NO_FAULT.id);
    },
  };
}

function option({ id, label }: FaultChoice): HTMLOptionElement {
  return h("option", { value: id }, label);
}
