// Errors to describe.
import { detachVolume, type EcsErrorKind, isEcsError } from "ecs-detach-volume";
import { read } from "../docs/documents.ts";

/** The service's own text, which no description may hold. */
export const SERVICE_TEXT = "Die Festplatte klemmt ⚙";
export const JOB_ID = "70a599e031e749b7b260868f441e862b";

export interface Known {
  code: string;
  http: number;
}

/** An error as the package makes it. */
export function errorOf(kind: EcsErrorKind | "other", fields: object = {}): Error {
  const always = { name: "EcsError", kind, mayHaveStarted: false, attempts: 1, jobId: null };
  return Object.assign(new Error(SERVICE_TEXT), always, fields);
}

/** What the package rejects with where the service answers a DELETE with this code. */
export async function refusal({ code, http }: Known): Promise<Error & { kind: string }> {
  const body = JSON.stringify({ error: { code, message: SERVICE_TEXT } });
  const error = await detachVolume({
    endpoint: "/api/ecs",
    projectId: "p",
    serverId: "s",
    volumeId: "v",
    retry: false,
    fetch: async () => new Response(body, { status: http }),
  }).catch((reason: unknown) => reason);
  if (!isEcsError(error)) throw new Error(`${code} is not refused`);
  return error;
}

/** All codes of the fixtures, and all that the core knows. */
export function knownCodes(): Known[] {
  const fixtures = JSON.parse(read("tests/fixtures/codes.json")) as Known[];
  const [table = ""] = /^const CODES.*?^\];/ms.exec(read("src/core/envelope.rs")) ?? [];
  const core = [...table.matchAll(/\b[A-Z]\w+\.\d{4}\b/g)].map(([code]) => code);
  const others = core.filter((code) => fixtures.every((fixture) => fixture.code !== code));
  return [...fixtures, ...others.map((code) => ({ code, http: 400 }))];
}
