import { type EcsError, isEcsError } from "ecs-detach-volume";
import type { ErrorDescription } from "ecs-detach-volume/messages";
import { ApiFailure } from "./api.ts";
import { language, text } from "./language.ts";
import type { Failure } from "./model.ts";

/** A failure in words, in the language of the page. */
export interface Problem extends ErrorDescription {
  /** What the service itself said. */
  serviceMessage: string | null;
  /** What the client found wrong, where the service did not say it. */
  finding: string | null;
  facts: readonly Fact[];
  excerpt: string | null;
}

export interface Fact {
  label: string;
  value: string;
  /** What a button beside it copies, in words; null: no button. */
  copyAs: string | null;
}

/** With this code the console server refuses a CSRF token of another session, for example after its restart. */
const SESSION_ENDED = "Console.0001";

const TONES: Readonly<Record<string, Failure["tone"]>> = {
  aborted: "neutral",
  "not-attached": "neutral",
  throttled: "warning",
  conflict: "warning",
  timeout: "warning",
};

/** The kinds whose own message says more than the words for their users. */
const FINDING_KINDS: ReadonlySet<string> = new Set(["options", "decode", "wasm"]);

/** What a rejected detach means for the console. */
export function failureOf(error: unknown): Failure {
  if (!isEcsError(error)) return { error, kind: "unexpected", tone: "danger", isOpen: true, jobId: null };
  return {
    error,
    kind: error.kind,
    tone: TONES[error.kind] ?? "danger",
    isOpen: error.mayHaveStarted,
    jobId: isOver(error) ? null : error.jobId,
  };
}

/** What to tell the user about it. */
export function describeFailure({ error }: Failure): Problem {
  const isKnown = isEcsError(error);
  return {
    ...describe(error),
    serviceMessage: isKnown ? serviceMessage(error) : null,
    finding: !isKnown || FINDING_KINDS.has(error.kind) ? messageOf(error) : null,
    facts: isKnown ? facts(error) : [],
    excerpt: isKnown && "bodyExcerpt" in error ? error.bodyExcerpt : null,
  };
}

/** In one line, what to tell the user about something that could not be loaded. */
export function describeLoadFailure(error: unknown): string {
  const { load } = text;
  if (error instanceof ApiFailure) {
    const { reason } = error;
    return typeof reason === "string" ? load[reason] : load.failed(reason.status, reason.message);
  }
  if (!isEcsError(error)) return messageOf(error);
  if (error.kind === "network") return load.offline;
  const { title, remedy } = describe(error);
  return load.sentences(title, serviceMessage(error) ?? remedy);
}

/** In the package's words, but for what only this console knows. */
function describe(error: unknown): ErrorDescription {
  const isOfConsole = isEcsError(error) && "errorCode" in error && error.errorCode === SESSION_ENDED;
  return isOfConsole ? text.problem.sessionEnded : language.describeError(error);
}

/** Whether there is a task, and nothing left to follow. */
function isOver({ kind, jobId }: EcsError): boolean {
  return kind === "job-failed" || (kind === "not-found" && jobId !== null);
}

function serviceMessage(error: EcsError): string | null {
  if (error.kind === "job-failed") return error.failReason;
  return "errorMessage" in error ? error.errorMessage : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function facts(error: EcsError): Fact[] {
  const { problem, copy, activity } = text;
  const labels = problem.facts;
  const found: Fact[] = [];
  if ("errorCode" in error && error.errorCode) found.push(fact(labels.code, error.errorCode));
  if ("status" in error) found.push(fact(labels.status, String(error.status)));
  if ("requestId" in error && error.requestId)
    found.push(fact(labels.requestId, error.requestId, copy.requestId));
  if ("option" in error && error.option) found.push(fact(labels.option, error.option));
  if ("details" in error) {
    for (const { code, message } of error.details) {
      if (code && message && code !== error.errorCode) found.push(fact(problem.detail(code), message));
    }
  }
  if (error.jobId !== null) found.push(fact(activity.job, error.jobId, copy.taskId));
  return found;
}

function fact(label: string, value: string, copyAs: string | null = null): Fact {
  return { label, value, copyAs };
}
