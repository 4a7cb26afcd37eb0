import { h, keyedList, setAttribute, setText, type View } from "../dom.ts";
import { timeOf } from "../format.ts";
import { icon } from "../icons.ts";
import { text } from "../language.ts";
import type { Batch, Operation } from "../model.ts";
import { standing, tally } from "../tally.ts";
import { createOperation, type OperationActions, type OperationItem } from "./operation.ts";
import { button, iconButton } from "./parts.ts";
import { elapsedTime } from "./progress.ts";
import { createSimulation } from "./simulation.ts";

export interface BatchItem {
  batch: Batch;
  operations: readonly Operation[];
  shownOperationId: number | null;
  now: number;
}

/** Several disks at once: how far all of them are, and each. */
export function createBatch(actions: OperationActions): View<BatchItem> {
  const words = text.batch;
  let id = 0;
  const mark = h("span", { class: "operation-mark" });
  const title = h("h3", { class: "operation-title", tabindex: "-1", "data-testid": "batch-title" });
  const about = h("p", { class: "operation-about" });
  const simulation = createSimulation();
  const sum = createSum();
  const cancel = button(words.cancelAll, { class: "button button-small", onclick: () => actions.cancel(id) });
  const close = iconButton("cross", text.activity.dismiss, { onclick: () => actions.dismiss(id) });
  const list = h("ul", { class: "batch-operations" });
  const updateList = keyedList<OperationItem>(
    list,
    ({ operation }) => String(operation.id),
    () => createOperation(actions),
  );
  const buttons = h("div", { class: "operation-actions" }, cancel);
  const main = h("div", { class: "operation-main" }, title, about, simulation.element, sum.element, buttons);
  const element = h("li", { class: "operation batch", "data-testid": "batch" }, mark, main, close, list);

  return {
    element,
    update(item) {
      const { batch, operations, shownOperationId, now } = item;
      const { all, active, detached } = tally(operations);
      const hadFocus = document.activeElement === cancel;
      id = batch.id;
      const tone = active > 0 ? "busy" : detached === all ? "ok" : "warning";
      if (element.dataset.tone !== tone) mark.replaceChildren(...markOf(tone));
      element.dataset.tone = tone;
      element.dataset.phase = active > 0 ? "running" : "done";
      setText(title, active > 0 ? words.running(all) : words.done(tally(operations)));
      setText(about, aboutText(item));
      simulation.update({ ...batch, isResumed: false });
      sum.update(item);
      buttons.hidden = cancel.hidden = active === 0;
      close.hidden = active > 0;
      if (hadFocus && cancel.hidden) title.focus();
      setAttribute(cancel, "aria-label", words.cancelAllNamed(all));
      setAttribute(close, "aria-label", words.dismissNamed(all));
      updateList(
        operations.map((operation) => ({ operation, isShown: operation.id === shownOperationId, now })),
      );
    },
  };
}

/** One part of the bar for each disk: here it is known how many there are. */
function createSum(): View<BatchItem> {
  const words = text.batch;
  const parts = h("div", {
    class: "steps",
    role: "progressbar",
    "aria-valuemin": "0",
    "aria-label": words.progress,
  });
  const count = h("span", { "data-testid": "count" });
  const time = elapsedTime();
  return {
    element: h(
      "div",
      { class: "operation-body progress" },
      parts,
      h("p", { class: "progress-line" }, count, time.element),
    ),
    update({ batch, operations, now }) {
      const sum = tally(operations);
      if (parts.childElementCount !== sum.all) {
        parts.replaceChildren(
          ...operations.map(() => h("span", { class: "step" }, h("span", { class: "bar" }))),
        );
      }
      operations.forEach((operation, index) => {
        const part = parts.children[index];
        if (part) setAttribute(part, "data-state", standing(operation));
      });
      const said = words.sentence(sum);
      setText(count, said);
      setAttribute(parts, "aria-valuemax", String(sum.all));
      setAttribute(parts, "aria-valuenow", String(sum.all - sum.active));
      setAttribute(parts, "aria-valuetext", said);
      const ends = operations.map(({ endedAt }) => endedAt?.getTime() ?? 0);
      time.update({ from: batch.startedAt, now: sum.active > 0 ? now : Math.max(...ends) });
    },
  };
}

function markOf(tone: "busy" | "ok" | "warning"): Element[] {
  if (tone === "busy") return [h("span", { class: "spinner" })];
  return [icon(tone === "ok" ? "check" : "alert")];
}

function aboutText({ batch, operations }: BatchItem): string {
  const servers = new Set(operations.map(({ server }) => server.name));
  const parts = [text.batch.servers([...servers]), timeOf(batch.startedAt)];
  if (batch.isForced) parts.push(text.activity.forced);
  return parts.join(" · ");
}
