import { h } from "../dom.ts";
import { elapsedText } from "../format.ts";
import { text } from "../language.ts";
import type { Announcer, Operation, Phase } from "../model.ts";
import { describeFailure, type Fact } from "../problem.ts";
import { copyButton } from "./parts.ts";

/** What an operation that is not running has to say. */
export function outcomeBody(operation: Operation, announcer: Announcer): HTMLElement[] {
  const words = text.activity;
  const { phase } = operation;
  if (phase.name === "queued") return [hint(words.hints.queued)];
  if (phase.name === "failed") return problemBody(phase, announcer);
  if (phase.name !== "detached") return [];
  const facts: Fact[] = [];
  if (phase.jobId !== null) facts.push({ label: words.job, value: phase.jobId, copyAs: text.copy.taskId });
  const { startedAt, endedAt } = operation;
  if (endedAt) {
    const took = elapsedText(endedAt.getTime() - startedAt.getTime());
    facts.push({ label: words.took, value: took, copyAs: null });
  }
  const said = phase.isConfirmed ? words.hints.confirmed : words.hints.detached;
  return [hint(said), factList(facts, announcer)];
}

function problemBody(
  { failure, aftermath }: Phase & { name: "failed" },
  announcer: Announcer,
): HTMLElement[] {
  const { title, explanation, remedy, serviceMessage, finding, facts, excerpt } = describeFailure(failure);
  const words = text.activity;
  const parts: HTMLElement[] = [];
  // Once the disk is seen to be off, what was not known before and what to do about it would contradict that.
  const isOff = aftermath === "gone";
  if (!isOff) {
    parts.push(h("p", { class: "operation-hint", "data-testid": "explanation" }, explanation));
    if (remedy) parts.push(h("p", { class: "operation-remedy", "data-testid": "remedy" }, remedy));
  }
  if (aftermath) {
    const said = words.aftermath[aftermath];
    parts.push(
      h("p", { class: "operation-hint", "data-testid": "aftermath", "data-aftermath": aftermath }, said),
    );
  }
  if (isOff) parts.push(hint(words.endedWith(title)));
  if (serviceMessage) parts.push(quote(words.serviceSays, serviceMessage, "p"));
  if (finding) parts.push(quote(words.finding, finding, "p"));
  if (excerpt) parts.push(quote(words.excerpt, excerpt, "pre"));
  return facts.length > 0 ? [...parts, factList(facts, announcer)] : parts;
}

function hint(content: string): HTMLElement {
  return h("p", { class: "operation-hint" }, content);
}

function quote(label: string, content: string, tag: "p" | "pre"): HTMLElement {
  const body = h(
    tag,
    { class: tag === "pre" && "code-block", "data-testid": tag === "pre" ? "excerpt" : "service-message" },
    content,
  );
  return h("div", { class: "operation-said" }, h("p", { class: "operation-label" }, label), body);
}

function factList(facts: readonly Fact[], announcer: Announcer): HTMLElement {
  const rows = facts.map(({ label, value, copyAs }) => {
    const copy = copyAs === null ? null : copyButton(copyAs, () => value, announcer);
    const content = h("span", { class: copy ? "mono id" : "mono" }, value);
    return h("div", { "data-testid": "fact" }, h("dt", {}, label), h("dd", {}, content, copy));
  });
  return h("dl", { class: "facts" }, ...rows);
}
