import type { Progress } from "ecs-detach-volume";
import { h, setAttribute, setText, type View } from "../dom.ts";
import { elapsedText } from "../format.ts";
import { text } from "../language.ts";
import type { Announcer, Operation } from "../model.ts";
import { copyButton } from "./parts.ts";

/**
 * The phases as steps. The service gives no percentage, so the step that is going on has no end to move towards.
 * An unclear answer leads back to the submission: the DELETE may have to be sent again.
 */
const STEPS = ["checking", "submitting", "waiting", "confirming"] as const;

/** A running operation. */
export interface Running {
  operation: Operation;
  progress: Progress;
  now: number;
}

/** How far a detach is: the steps, the phase in words, the time that has passed, and the task. */
export function createProgress(announcer: Announcer): View<Running> {
  const words = text.activity;
  const steps = STEPS.map((name) => {
    const label = h("span", { class: "step-name" }, words.steps.names[name]);
    return h("span", { class: "step" }, h("span", { class: "bar" }), label);
  });
  const bar = h("div", { class: "steps", role: "progressbar", "aria-label": words.steps.label }, ...steps);
  const phase = h("span", { "data-testid": "phase" });
  const time = elapsedTime();
  const task = createTask(announcer);
  return {
    element: h(
      "div",
      { class: "progress" },
      bar,
      h("p", { class: "progress-line" }, phase, time.element),
      task.element,
    ),
    update({ operation, progress, now }) {
      const current = stepOf(progress);
      steps.forEach((step, index) => {
        step.dataset.state = index < current ? "done" : index === current ? "current" : "ahead";
        step.dataset.tone = progress.phase === "settling" ? "warning" : "busy";
      });
      const phaseWords = phaseText(progress);
      setText(phase, phaseWords);
      setAttribute(bar, "aria-valuetext", words.steps.value(current + 1, STEPS.length, phaseWords));
      time.update({ from: operation.startedAt, now });
      task.update(progress);
    },
  };
}

function stepOf({ phase }: Progress): number {
  return STEPS.indexOf(phase === "settling" ? "submitting" : phase);
}

function phaseText({ phase, attempts }: Progress): string {
  const words = text.activity;
  const isRepeated = phase === "submitting" && attempts > 1;
  return isRepeated ? words.again(words.phases[phase], attempts) : words.phases[phase];
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
