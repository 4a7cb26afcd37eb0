import {
  aboutAnotherDisk,
  aboutAnotherJob,
  absent,
  ENVELOPES,
  rewrite,
  stall,
  withRootDevice,
} from "./changes.ts";
import {
  anyStatus,
  bodyStatus,
  failure,
  hidden,
  lastWord,
  nothing,
  oneOf,
  retryAfter,
  secondsEitherWay,
  textOr,
  unreadable,
  wholeNumber,
} from "./fault-arguments.ts";
import { ecsText } from "./messages.ts";
import { hasOwn } from "./platform.ts";
import {
  COMPUTE_FAULTS,
  type ComputeFaultName,
  computeFault,
  ecsError,
  gatewayError,
  gatewayReply,
  gatewayStatusReply,
  genericError,
  htmlPage,
  json,
  nested,
} from "./replies.ts";
import type { JobPlan, Language } from "./types.ts";

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
  /** The server's clock, in epoch milliseconds. */
  now: () => number;
  /** Waits for a time of that clock, or the signal. */
  wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Lets nothing through for so long, from now on: this and all other requests meet the answer. */
  shut: (ms: number, answer: Outage["answer"]) => Response;
  path: string;
  language: Language;
  requestId: string;
  signal: AbortSignal | undefined;
}

export interface Outage {
  /** Epoch milliseconds. */
  endMs: number;
  answer: (requestId: string) => Response;
}

export type FaultAction = (c: FaultContext) => Promise<Response>;

const HUGE_BYTES = 2 * 1024 * 1024;
const COMPUTE_FAULT_NAMES = Object.keys(COMPUTE_FAULTS) as [ComputeFaultName, ...ComputeFaultName[]];
const ENVELOPE_NAMES = Object.keys(ENVELOPES) as [keyof typeof ENVELOPES, ...(keyof typeof ENVELOPES)[]];

const FAULTS = {
  "drop-before": plain(() => lose()),
  "drop-after": plain(async (c) => {
    await c.proceed();
    return lose();
  }),
  delay: row(wholeNumber(1000), async (c, ms) => {
    const reply = await c.proceed();
    await c.wait(ms, c.signal);
    return reply;
  }),
  hang: plain(async (c) => {
    await c.wait(Number.POSITIVE_INFINITY, c.signal);
    return lose();
  }),
  offline: row(wholeNumber(45), async (c, seconds) => c.shut(seconds * 1000, lose)),
  stalled: plain(async (c) => stall(await c.proceed(), c.signal)),
  "body-used": plain(async (c) => markUsed(await c.proceed())),
  throttle: row(retryAfter, async (c, headers) => gatewayError("APIGW.0308", c.requestId, headers(c.now()))),
  "throttle-for": row(wholeNumber(120), async (c, seconds) =>
    c.shut(seconds * 1000, (requestId) => gatewayError("APIGW.0308", requestId)),
  ),
  unavailable: row(retryAfter, async (c, headers) => gatewayStatusReply(503, c.requestId, headers(c.now()))),
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
  "no-job-id": changed((reply) => rewrite(reply, () => ({}))),
  "job-id": row(textOr("../../x"), async (c, id) => rewrite(await c.proceed(), () => ({ job_id: id }))),
  envelope: row(oneOf(...ENVELOPE_NAMES), async (c, form) => rewrite(await c.proceed(), ENVELOPES[form])),
  "other-job": changed((reply) => rewrite(reply, aboutAnotherJob)),
  "other-disk": changed((reply) => rewrite(reply, aboutAnotherDisk)),
  absent: row(oneOf("bare", "null"), async (c, form) => absent(await c.proceed(), form, c.path)),
  "root-device": row(textOr("/dev/xvda"), async (c, device) =>
    rewrite(await c.proceed(), (body) => withRootDevice(body, device)),
  ),
  code: row(textOr("Ecs.0100"), async (c, code) =>
    code.startsWith("APIGW.") ? gatewayError(code, c.requestId) : ecsError(code, c.language),
  ),
  "generic-with-details": row(textOr("Ecs.0111"), async (c, code) =>
    genericError(code, ecsText(code, c.language).message),
  ),
  nested: row(oneOf(...COMPUTE_FAULT_NAMES), async (c, name) => nested(name, c.path)),
  unwrapped: row(oneOf(...COMPUTE_FAULT_NAMES), async (c, name) => computeFault(name, c.path)),
  "expired-token": row(oneOf("APIGW.0307", "APIGW.0301", "plain"), async (c, form) => expired(form, c)),
  skewed: row(secondsEitherWay(3600), (c, seconds) => c.proceed(undefined, seconds * 1000)),
  redirect: row(
    textOr("/login"),
    async (_, to) => new Response(null, { status: 302, headers: { Location: to } }),
  ),
  "job-never-ends": plain((c) => c.proceed({ kind: "never-ends" })),
  "job-vanishes": row(wholeNumber(0), (c, afterMs) => c.proceed({ kind: "vanishes", afterMs })),
  "job-not-found": row(hidden, (c, plan) => c.proceed(plan)),
  "job-fails": row(failure, (c, plan) => c.proceed(plan)),
  "job-says": row(lastWord, (c, plan) => c.proceed(plan)),
  unreadable: row(unreadable, (c, plan) => c.proceed(plan)),
  lingers: row(wholeNumber(5000), (c, ms) => c.proceed({ kind: "lingers", ms })),
} satisfies Record<string, (argument: string | undefined) => FaultAction>;

export type FaultName = keyof typeof FAULTS;

/** A name, or `name:argument`; with `:committed` at the end the service does what was asked first. */
export type Fault = FaultName | `${FaultName}:${string}`;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];

/** Reads a fault; throws a `TypeError` that says what is wrong with it. */
export function parseFault(text: string): FaultAction {
  const [, name = "", argument] = /^([^:]*)(?::(.*))?$/.exec(text) ?? [];
  if (!hasOwn(FAULTS, name)) {
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

export function lose(): never {
  throw new ConnectionLost("the connection was lost");
}

const used = new WeakSet<Response>();

/** Only in the process can an answer arrive as one that was read already; by HTTP it is a good one. */
function markUsed(reply: Response): Response {
  used.add(reply);
  return reply;
}

/** Whether somebody is to read the answer before its caller does. */
export function isUsed(reply: Response): boolean {
  return used.has(reply);
}

function expired(form: "APIGW.0307" | "APIGW.0301" | "plain", { now, requestId }: FaultContext): Response {
  if (form === "plain") return new Response("Unauthorized", { status: 401 });
  if (form === "APIGW.0307") return gatewayError(form, requestId);
  const message = `Incorrect IAM authentication information: token expires, expires_at ${new Date(now()).toISOString()}`;
  return gatewayReply(401, form, message, requestId);
}
