import type { Progress } from "ecs-detach-volume";
import { h, setAttribute, setText, type View } from "../dom.ts";
import { elapsedText } from "../format.ts";
import { text } from "../language.ts";
import type { Announcer, Operation, Phase } from "../model.ts";
import { longestText, progressText } from "../progress-text.ts";
import { copyButton } from "./parts.ts";

/**
 * The phases as steps. The service gives no percentage, so the step that is going on has no end to move towards.
 * An unclear answer leads back to the submission: the DELETE may have to be sent again.
 */
const STEPS = ["checking", "submitting", "waiting", "confirming"] as const;

/** A running operation. */
export interface Running {
  operation: Operation;
  phase: Phase & { name: "running" };
  now: number;
}

/** How far a detach is: the steps, what is going on in words, the time that has passed, and the task. */
export function createProgress(announcer: Announcer): View<Running> {
  const words = text.activity;
  const steps = STEPS.map((name) => {
    const label = h("span", { class: "step-name" }, words.steps.names[name]);
    return h("span", { class: "step" }, h("span", { class: "bar" }), label);
  });
  const bar = h("div", { class: "steps", role: "progressbar", "aria-label": words.steps.label }, ...steps);
  // The place of the longest text is kept, so that nothing below moves when the text changes.
  const said = h("span", { "data-testid": "phase" });
  const place = h("span", { class: "progress-text sized", "data-longest": longestText() }, said);
  const time = elapsedTime();
  const task = createTask(announcer);
  return {
    element: h(
      "div",
      { class: "progress", "data-testid": "progress" },
      bar,
      h("p", { class: "progress-line" }, place, time.element),
      task.element,
    ),
    update({ operation, phase: { progress, at }, now }) {
      const current = stepOf(progress);
      const isTroubled = progress.phase === "settling" || progress.lastFailure !== null;
      steps.forEach((step, index) => {
        step.dataset.state = index < current ? "done" : index === current ? "current" : "ahead";
        step.dataset.tone = isTroubled ? "warning" : "busy";
      });
      setText(said, progressText(progress, now - at));
      setAttribute(said, "data-failure", progress.lastFailure?.kind);
      // Without the seconds, which a screen reader would count along.
      const still = progressText({ ...progress, nextInMs: null }, 0);
      setAttribute(bar, "aria-valuetext", words.steps.value(current + 1, STEPS.length, still));
      time.update({ from: operation.startedAt, now });
      task.update(progress);
    },
  };
}

function stepOf({ phase }: Progress): number {
  return STEPS.indexOf(phase === "settling" ? "submitting" : phase);
}

/** Both rows are there from the beginning, so that nothing moves when the task is known. */
function createTask(announcer: Announcer): View<Progress> {
  const words = text.activity;
  const id = h("span", { class: "mono id" });
  const status = h("span", { class: "mono" });
  const copy = copyButton(text.copy.taskId, () => id.textContent ?? "", announcer);
  const row = (label: string, ...value: HTMLElement[]) =>
    h("div", { "data-testid": "fact" }, h("dt", {}, label), h("dd", {}, ...value));
  return {
    element: h("dl", { class: "facts" }, row(words.job, id, copy), row(words.jobStatus, status)),
    update({ jobId, status: last }) {
      setText(id, jobId ?? words.noValue);
      setText(status, last ?? words.noValue);
      copy.hidden = jobId === null;
    },
  };
}

/** Not announced: a screen reader would count along. */
export function elapsedTime(): View<{ from: Date; now: number }> {
  const value = h("span", { class: "number" });
  const label = h("span", { class: "visually-hidden" }, `${text.activity.elapsedLabel} `);
  return {
    element: h("span", { class: "elapsed", "data-testid": "elapsed" }, label, value),
    update: ({ from, now }) => setText(value, elapsedText(now - from.getTime())),
  };
}
