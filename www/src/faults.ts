// What can be made to go wrong with a detach: how the simulated cloud is asked for it, and which options show it sooner.
import type { AuthFunction, FetchFunction } from "ecs-detach-volume";
import { type Purpose, purposeOf } from "./exchange.ts";
import { FAULT_IDS, type FaultGroupId, type FaultId } from "./types.ts";

export interface Fault {
  /** What the header `X-Sim-Fault` says. */
  header: string;
  /** Which request asks for it: the first DELETE, question about the task, or look at the disk. */
  meets: Purpose;
  /** Whether it keeps out all requests for a while: of several disks, one meets any other fault. */
  isOutage?: boolean;
  /** What the looks at the disk ask for after that, but for the first so many. */
  thenLooks?: { header: string; butFirst: number };
  /** A shorter deadline than the package's, to show it without a long wait. */
  attemptTimeoutMs?: number;
  timeoutMs?: number;
  /**
   * The console then holds credentials of its own and renews them. Without, as is right behind a server that adds them, it
   * holds none.
   */
  renewal?: "works" | "hangs";
}

export interface FaultChoice extends Fault {
  id: FaultId;
}

const atDelete = (header: string): Fault => ({ header, meets: "detach" });
const inWait = (header: string): Fault => ({ header, meets: "question" });
const outage = (header: string): Fault => ({ ...inWait(header), isOutage: true });

const FAULTS: Readonly<Record<FaultId, Fault>> = {
  throttled: atDelete("throttle:5"),
  "flow-control": atDelete("flow-control"),
  "disk-busy": atDelete("code:Ecs.0603"),
  "server-locked": atDelete("code:Ecs.0605"),
  "already-detached": atDelete("code:Ecs.0111"),
  "refused-behind": atDelete("nested:conflict"),
  forbidden: atDelete("code:Pdp.0001"),
  "server-missing": atDelete("code:Ecs.0114"),

  "expired-token": atDelete("expired-token"),
  renewal: { ...inWait("expired-token"), renewal: "works" },
  "renewal-hangs": { ...inWait("expired-token"), renewal: "hangs", attemptTimeoutMs: 5000 },
  "login-page": atDelete("redirect:/login"),

  "server-error": atDelete("status:500"),
  "gateway-down": atDelete("html:502"),
  "gateway-late": atDelete("status:504:committed"),
  "no-job-id": atDelete("no-job-id"),
  truncated: atDelete("truncated"),
  "other-disk": { header: "other-disk", meets: "look" },

  "lost-request": atDelete("drop-before"),
  "lost-reply": atDelete("drop-after"),
  "fate-unknown": { ...atDelete("drop-after"), thenLooks: { header: "code:Pdp.0001", butFirst: 0 } },
  slow: atDelete("delay:5000"),
  "no-answer": { ...atDelete("hang"), attemptTimeoutMs: 5000 },

  "wait-throttled": outage("throttle-for:12"),
  "wait-busy": inWait("throttle:8"),
  "wait-hour": inWait("throttle:3600"),
  offline: outage("offline:10"),
  // For the package, a sleep is a question without a reply until its time is over.
  asleep: { ...inWait("hang"), timeoutMs: 8000 },
  "question-lost": inWait("drop-before"),

  "task-fails": atDelete("job-fails:Ecs.1002"),
  "task-endless": atDelete("job-never-ends"),
  "task-late": atDelete("job-not-found:2"),
  "task-lost": inWait("job-vanishes"),
  "other-task": inWait("other-job"),
  "strange-word": atDelete("job-says:CANCELED"),
  "disk-lingers": atDelete("lingers:5000"),
  "disk-null": { header: "absent:null", meets: "look", thenLooks: { header: "absent:null", butFirst: 0 } },
  // Not the fault `unreadable`, by which the console's own list of the disks could not be read either, for ever.
  "disk-unreadable": { ...atDelete("lingers:8000"), thenLooks: { header: "code:Pdp.0001", butFirst: 1 } },
};

/** The menu. */
export const FAULT_GROUPS = Object.entries(FAULT_IDS).map(([id, choices]) => ({
  id: id as FaultGroupId,
  choices: choices as readonly FaultId[],
}));

/** Null: no fault. */
export function findFault(id: string | null): FaultChoice | null {
  const found = FAULT_GROUPS.flatMap(({ choices }) => choices).find((known) => known === id);
  return found === undefined ? null : { id: found, ...FAULTS[found] };
}

/**
 * A `fetch` that asks for a fault once, so that one sees how it goes on afterwards.
 *
 * @param isOfDisk Whether a URL is about the disk that meets it: of several, always the same.
 */
export function faultyFetch(
  fault: Fault,
  isOfDisk: (url: string) => boolean,
  send: typeof fetch,
): FetchFunction {
  const wishOf = wishes(fault, isOfDisk);
  return (input, init) => {
    const header = wishOf(new Request(input, init));
    if (header === undefined) return send(input, init);
    const headers = new Headers(init?.headers);
    headers.set("X-Sim-Fault", header);
    return send(input, { ...init, headers });
  };
}

/** What one request after the other asks for; undefined: nothing. */
function wishes({ header, meets, isOutage, thenLooks }: Fault, isOfDisk: (url: string) => boolean) {
  let isAsked = false;
  let looks = 0;
  return (request: Request): string | undefined => {
    const purpose = purposeOf(request.method, request.url);
    if (!isOutage && !isOfDisk(request.url)) return undefined;
    if (!isAsked) {
      isAsked = purpose === meets;
      return isAsked ? header : undefined;
    }
    if (!thenLooks || purpose !== "look") return undefined;
    looks += 1;
    return looks > thenLooks.butFirst ? thenLooks.header : undefined;
  };
}

/**
 * Credentials of the page's own, which are renewed, or, the first time, never come. The console server takes no notice of
 * them: it has the real ones.
 */
export function renewing(renewal: "works" | "hangs"): AuthFunction {
  let count = 0;
  return ({ rejected }) => {
    if (rejected && renewal === "hangs" && count === 0) {
      count += 1;
      return new Promise(() => {});
    }
    if (rejected) count += 1;
    return { token: `simulated-${count}` };
  };
}
