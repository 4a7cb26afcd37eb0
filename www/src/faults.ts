import type { Texts } from "./texts/en/index.ts";

export type FaultId = keyof Texts["faults"]["choices"];

/** A fault that the simulated cloud can be asked for, by the header `X-Sim-Fault`. */
export interface FaultChoice {
  id: FaultId;
  /** What the header says. */
  header: string;
  /** Which request asks for it: the first DELETE, or the first question about the task. */
  meets: "delete" | "question";
  /** A shorter deadline, to show it without a long wait. */
  attemptTimeoutMs?: number;
}

export interface FaultGroup {
  id: keyof Texts["faults"]["groups"];
  choices: readonly FaultChoice[];
}

export const FAULT_GROUPS: readonly FaultGroup[] = [
  {
    id: "refused",
    choices: [
      choice("throttled", "throttle:5"),
      choice("flow-control", "flow-control"),
      choice("disk-busy", "code:Ecs.0603"),
      choice("server-locked", "code:Ecs.0605"),
      choice("already-detached", "code:Ecs.0111"),
      choice("expired-token", "expired-token"),
      choice("forbidden", "code:Pdp.0001"),
      choice("server-missing", "code:Ecs.0114"),
    ],
  },
  {
    id: "broken",
    choices: [
      choice("server-error", "status:500"),
      choice("gateway-down", "html:502"),
      choice("no-job-id", "no-job-id"),
      choice("truncated", "truncated"),
    ],
  },
  {
    id: "network",
    choices: [
      choice("lost-request", "drop-before"),
      choice("lost-reply", "drop-after"),
      choice("slow", "delay:5000"),
      { ...choice("no-answer", "hang"), attemptTimeoutMs: 5000 },
    ],
  },
  {
    id: "task",
    choices: [
      choice("task-fails", "job-fails:Ecs.1002"),
      choice("task-endless", "job-never-ends"),
      choice("task-lost", "job-vanishes", "question"),
      choice("question-lost", "drop-before", "question"),
      choice("disk-lingers", "lingers:5000"),
    ],
  },
];

function choice(id: FaultId, header: string, meets: FaultChoice["meets"] = "delete"): FaultChoice {
  return { id, header, meets };
}

/** Null: no fault. */
export function findFault(id: string | null): FaultChoice | null {
  const choices = FAULT_GROUPS.flatMap((group) => group.choices);
  return choices.find((found) => found.id === id) ?? null;
}

/**
 * A `fetch` that asks for a fault once, so that one sees how it goes on afterwards.
 *
 * @param volumeId The disk whose DELETE asks for it: of several, always the same.
 */
export function faultyFetch(fault: FaultChoice, volumeId: string, send: typeof fetch): typeof fetch {
  let isAsked = false;
  return (input, init) => {
    if (isAsked || !isMet(fault, volumeId, new Request(input, init))) return send(input, init);
    isAsked = true;
    const headers = new Headers(init?.headers);
    headers.set("X-Sim-Fault", fault.header);
    return send(input, { ...init, headers });
  };
}

function isMet({ meets }: FaultChoice, volumeId: string, { method, url }: Request): boolean {
  return meets === "delete" ? method === "DELETE" && url.includes(volumeId) : url.includes("/jobs/");
}
