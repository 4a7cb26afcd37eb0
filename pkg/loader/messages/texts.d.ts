// What a language has to provide.
import type { EcsErrorKind, Progress } from "../../index.js";

/** Title, explanation, remedy. */
export type Text = readonly [title: string, explanation: string, remedy: string];

/**
 * The codes that mean the same, a space between two of them, and the text. `APIGW.0201/502` is a code with this status
 * only; `EVS.*` stands for all codes of a service that have no text of their own.
 */
export type CodeText = readonly [codes: string, title: string, explanation: string, remedy: string];

/**
 * What is known of the disk.
 *
 * - `failed`: the task was seen to fail.
 * - `detached`: the disk is not attached; the request itself may have been what detached it.
 * - `absent`: the disk was not attached when the call began.
 * - `succeeded`: the task has succeeded, and the disk was not seen to be off the server.
 * - `accepted`: the service has accepted the task, and it was not seen to end. `{jobId}` is its id.
 * - `unclear`: the request may have taken effect.
 * - `unchanged`: it took none.
 */
export type Fate = "failed" | "detached" | "absent" | "succeeded" | "accepted" | "unclear" | "unchanged";

/**
 * What a kind alone does not say.
 *
 * - `unknownTask`: the service does not know the task, and the disk was not seen to be off the server.
 * - `unreadableTask`: the replies about the task are not about it.
 */
export type Situation = "unknownTask" | "unreadableTask";

/** The kinds of failure after which a call goes on. */
export type Passing = Extract<
  EcsErrorKind,
  "network" | "timeout" | "throttled" | "auth" | "not-found" | "conflict" | "api" | "decode"
>;

export interface Texts {
  /** What stands between two sentences. */
  space: string;
  /** For what is not an error of this package, or of a kind that is not known. */
  unknown: Text;
  kinds: Readonly<Record<EcsErrorKind, Text>>;
  situations: Readonly<Record<Situation, Text>>;
  codes: readonly CodeText[];
  /** What follows an explanation, and what follows a remedy. */
  fates: Readonly<Record<Fate, readonly [explanation: string, remedy: string]>>;
  /** Further sentences of a remedy; the two with a `{title}` are the end of an explanation. */
  additions: {
    /** `{option}`: its name. */
    option: string;
    /** `{time}`: how long. */
    wait: string;
    /** If the task takes long. */
    inUse: string;
    /** If the policy's reason came with the reply. */
    encoded: string;
    /** `{title}`: what left the fate of the DELETE unknown. */
    doubted: string;
    /** `{title}`: what the last request failed with. */
    last: string;
  };
  /** How far a call is. */
  progress: {
    /** What it does. */
    phases: Readonly<Record<Progress["phase"], string>>;
    /** While it waits: before the task was seen, and by its status. */
    task: Readonly<Record<"accepted" | "INIT" | "RUNNING", string>>;
    /** A phase that this version does not know. */
    unknown: string;
    /** What the last request failed with. */
    failures: Readonly<Record<Passing | "other", string>>;
    /** `{time}`: when the next request is due. */
    next: string;
    /** The same after a failure. */
    again: string;
    /** After a failure, while a request is on its way. */
    againNow: string;
    /** That a failed question stops no task. */
    goesOn: string;
  };
  /** `{count}`: how many. */
  units: { seconds: string; minutes: string };
}
