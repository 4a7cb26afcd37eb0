import { type EcsError, isEcsError } from "ecs-detach-volume";
import type { Fact, Problem } from "./model.ts";
import { text } from "./text.ts";

const words = text.problem;

/** With this code the console server refuses a CSRF token of another session, for example after its restart. */
const SESSION_ENDED = "Console.0001";

const TONES: Readonly<Record<string, Problem["tone"]>> = {
  aborted: "neutral",
  "not-attached": "neutral",
  throttled: "warning",
  conflict: "warning",
  timeout: "warning",
};

/** The kinds whose own message says more than their title. */
const FINDING_KINDS: ReadonlySet<string> = new Set(["options", "decode", "wasm"]);

/** What to tell the user about a detach that was rejected. */
export function describeProblem(error: unknown): Problem {
  if (!isEcsError(error)) return describeUnexpected(error);
  const [title, advice] = titleAndAdvice(error);
  return {
    kind: error.kind,
    tone: TONES[error.kind] ?? "danger",
    title,
    advice,
    fate: fate(error),
    serviceMessage: serviceMessage(error),
    finding: FINDING_KINDS.has(error.kind) ? error.message : null,
    facts: facts(error),
    excerpt: "bodyExcerpt" in error ? error.bodyExcerpt : null,
    isOpen: error.mayHaveStarted,
    jobId: isOver(error) ? null : error.jobId,
  };
}

/** In one line, what to tell the user about something that could not be loaded. */
export function describeLoadFailure(error: unknown): string {
  if (!isEcsError(error)) return error instanceof Error ? error.message : String(error);
  if (error.kind === "network") return text.load.offline;
  const { title, advice } = describeProblem(error);
  return `${title}. ${serviceMessage(error) ?? advice}`;
}

function describeUnexpected(error: unknown): Problem {
  const [title, advice] = words.unexpected;
  return {
    kind: "unexpected",
    tone: "danger",
    title,
    advice,
    fate: words.fates.unclear,
    serviceMessage: null,
    finding: error instanceof Error ? error.message : null,
    facts: [],
    excerpt: null,
    isOpen: true,
    jobId: null,
  };
}

function titleAndAdvice(error: EcsError): readonly [title: string, advice: string] {
  if ("errorCode" in error && error.errorCode === SESSION_ENDED) return words.sessionEnded;
  if (error.kind === "aborted" && error.jobId !== null) return words.notFollowed;
  if (error.kind === "timeout" && error.jobId !== null) return words.taskTakesLong;
  if (error.kind === "not-found" && error.jobId !== null) return words.taskUnknown;
  return words.kinds[error.kind] ?? words.unexpected;
}

function fate(error: EcsError): string | null {
  if (isOver(error)) return null;
  if (!error.mayHaveStarted) return words.fates.unchanged;
  if (error.jobId === null) return words.fates.unclear;
  return error.kind === "aborted" ? words.fates.goesOn : words.fates.mayGoOn;
}

/** Whether there is a task, and nothing left to follow. */
function isOver({ kind, jobId }: EcsError): boolean {
  return kind === "job-failed" || (kind === "not-found" && jobId !== null);
}

function serviceMessage(error: EcsError): string | null {
  if (error.kind === "job-failed") return error.failReason;
  if (!("errorMessage" in error)) return null;
  // The published text of Ecs.0603 lacks its first letter.
  return error.errorMessage?.replace(/^ther commands/, "Other commands") ?? null;
}

function facts(error: EcsError): Fact[] {
  const labels = words.facts;
  const found: Fact[] = [];
  if ("errorCode" in error && error.errorCode) found.push(fact(labels.code, error.errorCode));
  if ("status" in error) found.push(fact(labels.status, String(error.status)));
  if ("requestId" in error && error.requestId)
    found.push(fact(labels.requestId, error.requestId, text.copy.requestId));
  if ("option" in error && error.option) found.push(fact(labels.option, error.option));
  if ("details" in error) {
    for (const { code, message } of error.details) {
      if (code && message && code !== error.errorCode) found.push(fact(words.detail(code), message));
    }
  }
  if (error.jobId !== null) found.push(fact(text.activity.job, error.jobId, text.copy.taskId));
  return found;
}

function fact(label: string, value: string, copyAs: string | null = null): Fact {
  return { label, value, copyAs };
}
