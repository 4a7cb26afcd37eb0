// The calls that are made, and what a side of the comparison looks like.
import { randomBytes, randomInt, randomUUID } from "node:crypto";

export type DeleteFlag = "0" | "1" | undefined;

/** One detachment, with all that a side must know to ask for it. */
export interface DetachCall {
  projectId: string;
  serverId: string;
  volumeId: string;
  /** `undefined`: the request has no such parameter. */
  deleteFlag: DeleteFlag;
  accessKey: string;
  secretKey: string;
  /** With temporary credentials. */
  securityToken?: string;
}

/** What the caller learns. */
export type Outcome = { jobId: string } | { status: number; errorCode: string };

/** A client that makes the call. */
export interface Side {
  /** Begins a sentence. */
  name: string;
  /** What the client can be told to send. */
  flags: readonly DeleteFlag[];
  detach: (endpoint: string, call: DetachCall) => Promise<Outcome>;
}

const LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz";

/** Ids and keys are random: ids in the forms that the service gives them, or of all signs that a path takes as they are. */
export function randomCall(deleteFlag: DeleteFlag, isTemporary: boolean): DetachCall {
  return {
    projectId: randomId(),
    serverId: randomId(),
    volumeId: randomId(),
    deleteFlag,
    accessKey: randomText(20, LETTERS_AND_DIGITS.slice(0, 36)),
    secretKey: randomText(40, LETTERS_AND_DIGITS),
    ...(isTemporary ? { securityToken: randomBytes(300).toString("base64") } : {}),
  };
}

function randomId(): string {
  const forms = [
    () => randomUUID(),
    () => randomBytes(16).toString("hex"),
    () => randomText(randomInt(3, 128), `${LETTERS_AND_DIGITS}-_.~`),
  ];
  return forms[randomInt(forms.length)]?.() ?? "";
}

function randomText(length: number, signs: string): string {
  return Array.from({ length }, () => signs[randomInt(signs.length)]).join("");
}
