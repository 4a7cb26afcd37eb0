import type { Controller } from "../controller.ts";
import { h, keyedList, setText, type View } from "../dom.ts";
import { durationText } from "../format.ts";
import { text } from "../language.ts";
import type { Announcer, Preload, State } from "../model.ts";
import { type BatchItem, createBatch } from "./batch.ts";
import { createOperation, type OperationActions, type OperationItem } from "./operation.ts";
import { emptyNote, switcher } from "./parts.ts";

/** An operation of its own, or a batch. */
type Entry = { id: number } & (
  | { single: OperationItem; batch?: undefined }
  | { batch: BatchItem; single?: undefined }
);

export function createActivity(controller: Controller, announcer: Announcer): View<State> {
  const titleId = "activity-title";
  const list = h("ul", { class: "operations" });
  const body = h("div", { class: "panel-scroll" });
  const show = switcher(body, {
    empty: emptyNote(text.activity.empty, text.activity.emptyHint, "disk"),
    list,
  });
  const title = h("h2", { id: titleId, class: "panel-title", tabindex: "-1" }, text.activity.title);
  const actions: OperationActions = {
    announcer,
    cancel: (id) => controller.cancel(id),
    follow: (id) => controller.followAgain(id),
    look: (id) => void controller.lookAt(id),
    showExchange: (id) => controller.showExchange(id),
    dismiss: (id) => {
      controller.dismiss(id);
      title.focus();
    },
  };
  const preload = h("p", { class: "panel-about panel-line", "data-testid": "preload" });
  const updateList = keyedList<Entry>(
    list,
    ({ id }) => String(id),
    (entry) => createEntry(entry, actions),
  );
  let newest = 0;

  const element = h(
    "section",
    { class: "panel activity", "aria-labelledby": titleId, "data-testid": "activity" },
    h("div", { class: "panel-head" }, title, preload),
    body,
  );
  return {
    element,
    update(state) {
      const entries = entriesOf(state);
      updateList(entries);
      if (state.preload) setText(preload, preloadText(state.preload));
      show(entries.length > 0 ? "list" : "empty");
      const first = entries[0]?.id ?? 0;
      if (first > newest) body.scrollTop = 0;
      newest = Math.max(newest, first);
    },
  };
}

function preloadText({ cause, ms }: Preload): string {
  return text.activity.preloaded[cause](durationText(ms));
}

function entriesOf({ operations, batches, shownOperationId }: State): Entry[] {
  const now = Date.now();
  const singles = operations
    .filter(({ batchId }) => batchId === null)
    .map((operation): Entry => {
      const { id } = operation;
      return { id, single: { operation, isShown: id === shownOperationId, now } };
    });
  const several = batches.map((batch): Entry => {
    const own = operations.filter(({ batchId }) => batchId === batch.id);
    return { id: batch.id, batch: { batch, operations: own, shownOperationId, now } };
  });
  return [...singles, ...several].sort((one, other) => other.id - one.id);
}

function createEntry(entry: Entry, actions: OperationActions): View<Entry> {
  if (entry.batch) {
    const view = createBatch(actions);
    return { element: view.element, update: ({ batch }) => batch && view.update(batch) };
  }
  const view = createOperation(actions);
  return { element: view.element, update: ({ single }) => single && view.update(single) };
}
