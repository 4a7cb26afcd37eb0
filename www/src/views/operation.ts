import { h, setAttribute, setText, type View } from "../dom.ts";
import { timeOf } from "../format.ts";
import { type IconName, icon } from "../icons.ts";
import { text } from "../language.ts";
import { type Announcer, isActive, isSeenOff, type Operation, type Phase } from "../model.ts";
import { describeFailure } from "../problem.ts";
import { outcomeBody } from "./outcome.ts";
import { button, iconButton } from "./parts.ts";
import { createProgress } from "./progress.ts";
import { createSimulation } from "./simulation.ts";

export interface OperationItem {
  operation: Operation;
  /** Whether the HTTP panel shows this one. */
  isShown: boolean;
  now: number;
}

export interface OperationActions {
  announcer: Announcer;
  cancel(id: number): void;
  dismiss(id: number): void;
  follow(id: number): void;
  look(id: number): void;
  showExchange(id: number): void;
}

/** One detach: what it is about, how far it is, and how it ended. */
export function createOperation(actions: OperationActions): View<OperationItem> {
  const words = text.activity;
  const mark = h("span", { class: "operation-mark" });
  const title = h("h3", { class: "operation-title", tabindex: "-1", "data-testid": "operation-title" });
  const about = h("p", { class: "operation-about" });
  const simulation = createSimulation();
  const body = createBody(actions.announcer);
  const buttons = createButtons(actions);
  const close = iconButton("cross", words.dismiss, { onclick: () => current && actions.dismiss(current.id) });
  const main = h(
    "div",
    { class: "operation-main" },
    title,
    about,
    simulation.element,
    body.element,
    buttons.element,
  );
  const element = h("li", { class: "operation", "data-testid": "operation" }, mark, main, close);
  let current: Operation | undefined;

  return {
    element,
    update(item) {
      const { operation } = item;
      const { phase } = operation;
      const focused = element.contains(document.activeElement) ? document.activeElement : null;
      const isNew = current?.phase !== phase;
      current = operation;
      setText(about, aboutText(operation));
      simulation.update(operation);
      setAttribute(close, "aria-label", words.dismissNamed(operation.disk.name));
      close.hidden = isActive(operation) || operation.batchId !== null;
      body.update(item);
      buttons.update(item);
      if (!isNew) return;
      element.dataset.phase = phase.name === "running" ? phase.progress.phase : phase.name;
      element.dataset.tone = toneOf(phase);
      setAttribute(element, "data-kind", phase.name === "failed" && phase.failure.kind);
      setText(title, titleOf(phase));
      updateMark(mark, phase);
      // What had the focus may be gone with the phase that it belonged to.
      if (focused && !isThere(element, focused)) title.focus();
    },
  };
}

function isThere(element: HTMLElement, focused: Element): boolean {
  return element.contains(focused) && focused.closest("[hidden]") === null;
}

/** A running operation keeps its elements, so that its bar does not begin anew with every phase. */
function createBody(announcer: Announcer): View<OperationItem> {
  const element = h("div", { class: "operation-body" });
  const progress = createProgress(announcer);
  let drawn: Phase | undefined;
  return {
    element,
    update({ operation, now }) {
      const { phase } = operation;
      if (phase.name === "running") {
        progress.update({ operation, phase, now });
        if (progress.element.parentElement !== element) element.replaceChildren(progress.element);
      } else if (phase !== drawn) {
        element.replaceChildren(...outcomeBody(operation, announcer));
      }
      drawn = phase;
    },
  };
}

function createButtons({ cancel, follow, look, showExchange }: OperationActions): View<OperationItem> {
  const words = text.activity;
  let id = 0;
  const small = { class: "button button-small" };
  const stop = button(words.cancel, { ...small, "data-testid": "cancel", onclick: () => cancel(id) });
  const again = button(words.follow, { ...small, onclick: () => follow(id) });
  const disk = button(words.look, { ...small, onclick: () => look(id) });
  const show = button(words.showExchange, { class: "link", onclick: () => showExchange(id) }, "wire");
  return {
    element: h("div", { class: "operation-actions" }, stop, again, disk, show),
    update({ operation, isShown }) {
      const { name } = operation.disk;
      const { phase } = operation;
      id = operation.id;
      const isOpen = phase.name === "failed" && phase.aftermath !== null && phase.aftermath !== "gone";
      stop.hidden = !isActive(operation) || operation.batchId !== null;
      again.hidden = !(isOpen && phase.failure.jobId !== null);
      disk.hidden = !isOpen;
      show.hidden = operation.exchanges.length === 0;
      setAttribute(stop, "aria-label", words.cancelNamed(name));
      setAttribute(again, "aria-label", words.followNamed(name));
      setAttribute(disk, "aria-label", words.lookNamed(name));
      setAttribute(show, "aria-label", words.showExchangeNamed(name));
      setAttribute(show, "aria-pressed", isShown ? "true" : "false");
    },
  };
}

function toneOf(phase: Phase): string {
  if (isSeenOff(phase)) return "ok";
  if (phase.name === "failed") return phase.failure.tone;
  if (phase.name === "queued") return "neutral";
  return phase.name === "running" ? "busy" : "warning";
}

function titleOf(phase: Phase): string {
  const { titles } = text.activity;
  if (isSeenOff(phase)) return titles.confirmed;
  if (phase.name === "failed") return describeFailure(phase.failure).title;
  return titles[phase.name];
}

/** The spinner stays in place while it turns. */
function updateMark(mark: HTMLElement, phase: Phase): void {
  if (phase.name !== "running") mark.replaceChildren(icon(markOf(phase)));
  else if (!mark.querySelector(".spinner")) mark.replaceChildren(h("span", { class: "spinner" }));
}

function markOf(phase: Phase): IconName {
  const tone = toneOf(phase);
  if (phase.name === "queued") return "clock";
  return tone === "ok" ? "check" : tone === "neutral" ? "info" : "alert";
}

function aboutText({ disk, server, startedAt, isResumed, isForced, batchId }: Operation): string {
  const words = text.activity;
  const parts = [words.heading(disk.name, server.name)];
  // The other things are said of the whole batch.
  if (batchId !== null) return parts.join("");
  parts.push(timeOf(startedAt));
  if (isResumed) parts.push(words.resumed);
  if (isForced) parts.push(words.forced);
  return parts.join(" · ");
}
