import type { Controller } from "../controller.ts";
import { h, keyedList, type View } from "../dom.ts";
import type { Announcer, Operation, State } from "../model.ts";
import { text } from "../text.ts";
import { createOperation } from "./operation.ts";
import { emptyNote, switcher } from "./parts.ts";

export interface OperationItem {
  operation: Operation;
  /** Whether the HTTP panel shows this one. */
  isShown: boolean;
}

export function createActivity(controller: Controller, announcer: Announcer): View<State> {
  const titleId = "activity-title";
  const list = h("ul", { class: "operations" });
  const body = h("div", { class: "panel-scroll" });
  const show = switcher(body, {
    empty: emptyNote(text.activity.empty, text.activity.emptyHint, "disk"),
    list,
  });
  const title = h("h2", { id: titleId, class: "panel-title", tabindex: "-1" }, text.activity.title);
  const updateList = keyedList<OperationItem>(
    list,
    ({ operation }) => String(operation.id),
    ({ operation: { id } }) =>
      createOperation({
        announcer,
        dismiss: () => {
          controller.dismiss(id);
          title.focus();
        },
        showExchange: () => controller.showExchange(id),
      }),
  );
  let newest = 0;

  const element = h(
    "section",
    { class: "panel activity", "aria-labelledby": titleId, "data-testid": "activity" },
    h("div", { class: "panel-head" }, title),
    body,
  );
  return {
    element,
    update({ operations, shownOperationId }) {
      updateList(operations.map((operation) => ({ operation, isShown: operation.id === shownOperationId })));
      show(operations.length > 0 ? "list" : "empty");
      const first = operations[0]?.id ?? 0;
      if (first > newest) body.scrollTop = 0;
      newest = Math.max(newest, first);
    },
  };
}
