import { h, setAttribute, setText, type View } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import type { Announcer, Fact, Operation, Phase, Problem } from "../model.ts";
import { text } from "../text.ts";
import type { OperationItem } from "./activity.ts";
import { button, clock, copyButton, iconButton } from "./parts.ts";

export interface OperationActions {
  announcer: Announcer;
  dismiss(): void;
  showExchange(): void;
}

const words = text.activity;

/** One detach: what it was about, how far it is, and how it ended. */
export function createOperation({ announcer, dismiss, showExchange }: OperationActions): View<OperationItem> {
  const mark = h("span", { class: "operation-mark" });
  const title = h("h3", { class: "operation-title", "data-testid": "operation-title" });
  const about = h("p", { class: "operation-about" });
  const body = h("div", { class: "operation-body" });
  const show = button(words.showExchange, { class: "link", onclick: showExchange }, "wire");
  const close = iconButton("cross", words.dismiss, { onclick: dismiss });
  const element = h(
    "li",
    { class: "operation", "data-testid": "operation" },
    mark,
    h("div", { class: "operation-main" }, title, about, body, show),
    close,
  );
  let drawn: Phase | undefined;

  return {
    element,
    update({ operation, isShown }) {
      const { phase, disk } = operation;
      setText(about, aboutText(operation));
      setAttribute(show, "aria-pressed", isShown ? "true" : "false");
      setAttribute(show, "aria-label", words.showExchangeNamed(disk.name));
      setAttribute(close, "aria-label", words.dismissNamed(disk.name));
      close.hidden = phase.name === "sending" || phase.name === "accepted";
      if (phase === drawn) return;
      drawn = phase;
      const isProblem = phase.name === "failed";
      element.dataset.phase = phase.name;
      element.dataset.tone = isProblem ? phase.problem.tone : TONES[phase.name];
      setAttribute(element, "data-kind", isProblem && phase.problem.kind);
      setText(title, isProblem ? phase.problem.title : words[phase.name]);
      mark.replaceChildren(markOf(phase));
      body.replaceChildren(...bodyOf(phase, announcer));
    },
  };
}

const TONES = { sending: "busy", accepted: "busy", detached: "ok", unknown: "warning" } as const;

function aboutText({ disk, server, startedAt, isForced, simulated }: Operation): string {
  const parts = [words.heading(disk.name, server.name), clock(startedAt)];
  if (isForced) parts.push(words.forced);
  if (simulated !== null) parts.push(words.simulated(simulated));
  return parts.join(" · ");
}

function markOf(phase: Phase): Element {
  if (phase.name === "sending" || phase.name === "accepted") return h("span", { class: "spinner" });
  if (phase.name === "detached") return icon("check");
  const isNeutral = phase.name === "failed" && phase.problem.tone === "neutral";
  const name: IconName = isNeutral ? "info" : "alert";
  return icon(name);
}

function bodyOf(phase: Phase, announcer: Announcer): HTMLElement[] {
  if (phase.name === "sending") return [hint(words.sendingHint)];
  if (phase.name === "failed") return problemBody(phase, announcer);
  const facts: Fact[] = [{ label: words.job, value: phase.jobId, copyAs: text.copy.taskId }];
  if (phase.name === "accepted") facts.push({ label: words.jobStatus, value: phase.jobStatus, copyAs: null });
  return [hint(HINTS[phase.name]), factList(facts, announcer)];
}

const HINTS = {
  accepted: words.acceptedHint,
  detached: words.detachedHint,
  unknown: words.unknownHint,
} as const;

function problemBody(
  { problem, aftermath }: Phase & { name: "failed" },
  announcer: Announcer,
): HTMLElement[] {
  const { serviceMessage, finding, facts, excerpt } = problem;
  const parts = [hint(problem.advice)];
  const fate = fateText(problem);
  if (fate) parts.push(h("p", { class: "operation-fate", "data-testid": "fate" }, fate));
  if (aftermath) parts.push(hint(words.aftermath[aftermath]));
  if (serviceMessage) parts.push(quote(words.serviceSays, serviceMessage, "p"));
  if (finding) parts.push(quote(words.finding, finding, "p"));
  if (excerpt) parts.push(quote(words.excerpt, excerpt, "pre"));
  return facts.length > 0 ? [...parts, factList(facts, announcer)] : parts;
}

function fateText({ mayHaveStarted }: Problem): string | null {
  if (mayHaveStarted === null) return null;
  return mayHaveStarted ? words.started : words.notStarted;
}

function hint(content: string): HTMLElement {
  return h("p", { class: "operation-hint" }, content);
}

function quote(label: string, content: string, tag: "p" | "pre"): HTMLElement {
  const look = tag === "pre" ? "code-block" : "operation-quote";
  const body = h(tag, { class: look, "data-testid": tag === "pre" ? "excerpt" : "service-message" }, content);
  return h("div", { class: "operation-said" }, h("p", { class: "operation-label" }, label), body);
}

function factList(facts: readonly Fact[], announcer: Announcer): HTMLElement {
  const rows = facts.map(({ label, value, copyAs }) => {
    const copy = copyAs === null ? null : copyButton(copyAs, () => value, announcer);
    const content = h("span", { class: "mono" }, value);
    return h("div", { "data-testid": "fact" }, h("dt", {}, label), h("dd", {}, content, copy));
  });
  return h("dl", { class: "facts" }, ...rows);
}
