import { ecsText } from "./messages.ts";
import {
  ecsError,
  gatewayError,
  gatewayStatusReply,
  genericError,
  htmlPage,
  json,
  nestedNotFound,
} from "./replies.ts";
import type { JobPlan, Language } from "./types.ts";
import { wait } from "./wait.ts";

/** The connection ended without an answer: a server destroys the socket, a `fetch` rejects. */
export class ConnectionLost extends Error {
  override name = "ConnectionLost";
}

export interface FaultContext {
  /**
   * Lets the service do what was asked; the plan is for the job that starts or is asked about, the skew
   * what the server's clock is ahead.
   */
  proceed: (plan?: JobPlan, skewMs?: number) => Promise<Response>;
  path: string;
  language: Language;
  requestId: string;
  signal: AbortSignal | undefined;
}

export type FaultAction = (c: FaultContext) => Promise<Response>;

const HUGE_BYTES = 2 * 1024 * 1024;
const NULL_BODY_STATUSES = [204, 205, 304];

const FAULTS = {
  "drop-before": plain(() => lose()),
  "drop-after": plain(async (c) => {
    await c.proceed();
    return lose();
  }),
  delay: row(wholeNumber(1000), async (c, ms) => {
    const reply = await c.proceed();
    await wait(ms, c.signal);
    return reply;
  }),
  hang: plain(async (c) => {
    await wait(Number.POSITIVE_INFINITY, c.signal);
    return lose();
  }),
  throttle: row(optional, async (c, retryAfter) =>
    gatewayError("APIGW.0308", c.requestId, retryAfter ? { "Retry-After": retryAfter } : {}),
  ),
  "flow-control": plain(async (c) => ecsError("Common.0024", c.language)),
  status: row(bodyStatus(500), async (c, status) => gatewayStatusReply(status, c.requestId)),
  html: row(bodyStatus(502), async (_, status) => htmlPage(status)),
  empty: row(anyStatus(200), async (c, status) => {
    if (status < 400) await c.proceed();
    return new Response(null, { status });
  }),
  truncated: changed(async (reply) => {
    const body = await reply.text();
    return new Response(body.slice(0, Math.floor(body.length / 2)), reply);
  }),
  huge: changed(async (reply) => {
    const body: object = await reply.json();
    return json({ ...body, padding: "x".repeat(HUGE_BYTES) }, reply.status);
  }),
  "no-job-id": changed(async (reply) => (reply.ok ? json({}) : reply)),
  code: row(textOr("Ecs.0100"), async (c, code) =>
    code.startsWith("APIGW.") ? gatewayError(code, c.requestId) : ecsError(code, c.language),
  ),
  "generic-with-details": row(textOr("Ecs.0111"), async (c, code) =>
    genericError(code, ecsText(code, c.language).message),
  ),
  nested: row(oneOf("volume", "server"), async (c, what) => nestedNotFound(missing(what, c.path))),
  "expired-token": plain(async (c) => gatewayError("APIGW.0307", c.requestId)),
  skewed: row(secondsEitherWay(3600), (c, seconds) => c.proceed(undefined, seconds * 1000)),
  redirect: row(
    textOr("/login"),
    async (_, to) => new Response(null, { status: 302, headers: { Location: to } }),
  ),
  "job-never-ends": plain((c) => c.proceed({ kind: "never-ends" })),
  "job-vanishes": row(wholeNumber(0), (c, afterMs) => c.proceed({ kind: "vanishes", afterMs })),
  "job-fails": row(failure, (c, { code, where }) => c.proceed({ kind: "fails", code, where })),
  lingers: row(wholeNumber(5000), (c, ms) => c.proceed({ kind: "lingers", ms })),
} satisfies Record<string, (argument: string | undefined) => FaultAction>;

export type FaultName = keyof typeof FAULTS;

/** A name, or `name:argument`; with `:committed` at the end the service does what was asked first. */
export type Fault = FaultName | `${FaultName}:${string}`;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** Reads a fault; throws a `TypeError` that says what is wrong with it. */
export function parseFault(text: string): FaultAction {
  const [, name = "", argument] = /^([^:]*)(?::(.*))?$/.exec(text) ?? [];
  if (!Object.hasOwn(FAULTS, name)) {
    throw new TypeError(`unknown fault "${text}", expected one of ${FAULT_NAMES.join(", ")}`);
  }
  const make = FAULTS[name as FaultName];
  const match = /^(?:(.*):)?committed$/.exec(argument ?? "");
  if (!match) return make(argument || undefined);

  const action = make(match[1] || undefined);
  return async (c) => {
    const reply = await c.proceed();
    return action({ ...c, proceed: async () => reply });
  };
}

function plain(action: FaultAction): (argument: string | undefined) => FaultAction {
  return row(nothing, action);
}

function row<A>(
  read: (argument: string | undefined) => A,
  run: (c: FaultContext, argument: A) => Promise<Response>,
) {
  return (argument: string | undefined): FaultAction => {
    const value = read(argument);
    return (c) => run(c, value);
  };
}

/** A fault of the answer to something that was done. */
function changed(
  change: (reply: Response) => Promise<Response>,
): (argument: string | undefined) => FaultAction {
  return plain(async (c) => change(await c.proceed()));
}

function lose(): never {
  throw new ConnectionLost("the connection was lost");
}

function missing(what: "volume" | "server", path: string): string {
  const [, server = "xxx"] = /\/cloudservers\/([^/?]+)/.exec(path) ?? [];
  const [, volume = "xxx"] = /\/(?:detachvolume|block_device)\/([^/?]+)/.exec(path) ?? [];
  return what === "server"
    ? `Instance ${server} could not be found.`
    : `No volume Block Device Mapping with id ${volume}.`;
}

function nothing(argument: string | undefined): void {
  if (argument !== undefined) throw new TypeError(`the fault takes no argument, got "${argument}"`);
}

function optional(argument: string | undefined): string | undefined {
  return argument;
}

function textOr(fallback: string) {
  return (argument: string | undefined): string => argument ?? fallback;
}

function oneOf<T extends string>(...values: [T, ...T[]]) {
  return (argument: string | undefined): T => {
    const found = argument === undefined ? values[0] : values.find((value) => value === argument);
    if (!found) throw new TypeError(`expected one of ${values.join(", ")}, got "${argument}"`);
    return found;
  };
}

function wholeNumber(fallback: number) {
  return (argument: string | undefined): number => {
    if (argument === undefined) return fallback;
    if (!/^\d{1,9}$/.test(argument)) throw new TypeError(`expected a whole number, got "${argument}"`);
    return Number(argument);
  };
}

function secondsEitherWay(fallback: number) {
  const read = wholeNumber(fallback);
  return (argument: string | undefined): number =>
    argument?.startsWith("-") ? -read(argument.slice(1)) : read(argument);
}

function anyStatus(fallback: number) {
  const read = wholeNumber(fallback);
  return (argument: string | undefined): number => {
    const status = read(argument);
    if (status < 200 || status > 599) throw new TypeError(`expected a status of 200 to 599, got ${status}`);
    return status;
  };
}

function bodyStatus(fallback: number) {
  const read = anyStatus(fallback);
  return (argument: string | undefined): number => {
    const status = read(argument);
    if (NULL_BODY_STATUSES.includes(status)) throw new TypeError(`status ${status} cannot have a body`);
    return status;
  };
}

/** `code`, `code:top`, or nothing. */
function failure(argument: string | undefined): { code: string; where: "sub-job" | "top" } {
  const [code, where, ...rest] = (argument ?? "").split(":");
  if (rest.length > 0 || (where !== undefined && where !== "top")) {
    throw new TypeError(`expected a code, or a code and ":top", got "${argument}"`);
  }
  return { code: code || "Ecs.1002", where: where ?? "sub-job" };
}
