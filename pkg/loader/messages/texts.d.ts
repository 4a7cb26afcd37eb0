// What a language has to provide.
import type { EcsErrorKind } from "../../index.js";

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
 * - `accepted`: the service has accepted the task, and it was not seen to end. `{jobId}` is its id.
 * - `unclear`: the request may have taken effect.
 * - `unchanged`: it took none.
 */
export type Fate = "failed" | "detached" | "absent" | "accepted" | "unclear" | "unchanged";

export interface Texts {
  /** For the numbers: a language tag. */
  locale: string;
  /** What stands between two sentences. */
  space: string;
  /** For what is not an error of this package, or of a kind that is not known. */
  unknown: Text;
  kinds: Readonly<Record<EcsErrorKind, Text>>;
  codes: readonly CodeText[];
  /** What follows an explanation, and what follows a remedy. */
  fates: Readonly<Record<Fate, readonly [explanation: string, remedy: string]>>;
  /** Further sentences of a remedy. */
  additions: {
    /** `{option}`: its name. */
    option: string;
    /** `{time}`: how long. */
    wait: string;
    /** Where the task takes long. */
    inUse: string;
    /** Where the policy's reason came with the reply. */
    encoded: string;
  };
}
