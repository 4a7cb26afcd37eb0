import type { Controller } from "../controller.ts";
import { h, keyedList, type View } from "../dom.ts";
import { type Announcer, isActive, type State } from "../model.ts";
import { text } from "../text.ts";
import { type BatchItem, createBatch } from "./batch.ts";
import { createOperation, type OperationActions, type OperationItem } from "./operation.ts";
import { emptyNote, switcher } from "./parts.ts";

const TICK_MS = 1000;

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
  const updateList = keyedList<Entry>(
    list,
    ({ id }) => String(id),
    (entry) => createEntry(entry, actions),
  );
  const everySecond = ticker((state) => updateList(entriesOf(state)));
  let newest = 0;

  const element = h(
    "section",
    { class: "panel activity", "aria-labelledby": titleId, "data-testid": "activity" },
    h("div", { class: "panel-head" }, title),
    body,
  );
  return {
    element,
    update(state) {
      const entries = entriesOf(state);
      updateList(entries);
      everySecond(state);
      show(entries.length > 0 ? "list" : "empty");
      const first = entries[0]?.id ?? 0;
      if (first > newest) body.scrollTop = 0;
      newest = Math.max(newest, first);
    },
  };
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

/** Draws the time that passes, as long as something is going on. */
function ticker(draw: (state: State) => void): (state: State) => void {
  let timer: ReturnType<typeof setInterval> | undefined;
  let latest: State | undefined;
  return (state) => {
    latest = state;
    const isNeeded = state.operations.some(isActive);
    if (!isNeeded) {
      clearInterval(timer);
      timer = undefined;
    } else {
      timer ??= setInterval(() => latest && draw(latest), TICK_MS);
    }
  };
}
