import { type EcsError, isEcsError } from "ecs-detach-volume";
import type { Fact, Job, Problem } from "./model.ts";
import { text } from "./text.ts";

const { facts: labels, kinds, sessionEnded, taskFailed, unexpected } = text.problem;

/** With this code the console server refuses a CSRF token of another session, for example after its restart. */
const SESSION_ENDED = "Console.0001";

const TONES: Readonly<Record<string, Problem["tone"]>> = {
  aborted: "neutral",
  "not-attached": "neutral",
  throttled: "warning",
  conflict: "warning",
};

/** The kinds whose own message says more than their title. */
const FINDING_KINDS: ReadonlySet<string> = new Set(["options", "decode", "wasm"]);

/** What to tell the user about a detach that was rejected. */
export function describeProblem(error: unknown): Problem {
  if (!isEcsError(error)) return describeUnexpected(error);

  const isSessionEnded = "errorCode" in error && error.errorCode === SESSION_ENDED;
  const [title, advice] = isSessionEnded ? sessionEnded : (kinds[error.kind] ?? unexpected);
  return {
    kind: error.kind,
    tone: TONES[error.kind] ?? "danger",
    title,
    advice,
    serviceMessage: serviceMessage(error),
    finding: FINDING_KINDS.has(error.kind) ? error.message : null,
    facts: facts(error),
    excerpt: "bodyExcerpt" in error ? error.bodyExcerpt : null,
    mayHaveStarted: "mayHaveStarted" in error ? error.mayHaveStarted : false,
  };
}

/** What to tell the user about a detach that was accepted and failed later. */
export function describeFailedJob(jobId: string, job: Job): Problem {
  const [title, advice] = taskFailed;
  return {
    kind: "job-failed",
    tone: "danger",
    title,
    advice,
    serviceMessage: job.failReason,
    finding: null,
    facts: [
      ...(job.errorCode ? [fact(labels.code, job.errorCode)] : []),
      fact(text.activity.job, jobId, text.copy.taskId),
    ],
    excerpt: null,
    mayHaveStarted: null,
  };
}

function describeUnexpected(error: unknown): Problem {
  const [title, advice] = unexpected;
  return {
    kind: "unexpected",
    tone: "danger",
    title,
    advice,
    serviceMessage: null,
    finding: error instanceof Error ? error.message : null,
    facts: [],
    excerpt: null,
    mayHaveStarted: true,
  };
}

function serviceMessage(error: EcsError): string | null {
  if (!("errorMessage" in error)) return null;
  // The published text of Ecs.0603 lacks its first letter.
  return error.errorMessage?.replace(/^ther commands/, "Other commands") ?? null;
}

function facts(error: EcsError): Fact[] {
  const found: Fact[] = [];
  if ("errorCode" in error && error.errorCode) found.push(fact(labels.code, error.errorCode));
  if ("status" in error) found.push(fact(labels.status, String(error.status)));
  if ("requestId" in error && error.requestId)
    found.push(fact(labels.requestId, error.requestId, text.copy.requestId));
  if ("option" in error && error.option) found.push(fact(labels.option, error.option));
  if ("details" in error) {
    for (const { code, message } of error.details) {
      if (code && message && code !== error.errorCode) found.push(fact(text.problem.detail(code), message));
    }
  }
  return found;
}

function fact(label: string, value: string, copyAs: string | null = null): Fact {
  return { label, value, copyAs };
}
