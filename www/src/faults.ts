import { text } from "./text.ts";

/** A fault that the simulated cloud can be asked for, by the header `X-Sim-Fault`. */
export interface FaultChoice {
  id: string;
  label: string;
  /** What the header says; null: no header. */
  header: string | null;
  /** Which request asks for it: the first DELETE, or the first question about the task. */
  meets: "delete" | "question";
  /** A shorter deadline, to show it without a long wait. */
  attemptTimeoutMs?: number;
}

export interface FaultGroup {
  label: string;
  choices: readonly FaultChoice[];
}

const labels = text.faults;

export const NO_FAULT: FaultChoice = { id: "none", label: labels.none, header: null, meets: "delete" };

export const FAULT_GROUPS: readonly FaultGroup[] = [
  {
    label: labels.groups.refused,
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
    label: labels.groups.broken,
    choices: [
      choice("server-error", "status:500"),
      choice("gateway-page", "html:502"),
      choice("no-job-id", "no-job-id"),
      choice("truncated", "truncated"),
    ],
  },
  {
    label: labels.groups.network,
    choices: [
      choice("lost-request", "drop-before"),
      choice("lost-reply", "drop-after"),
      choice("slow", "delay:5000"),
      { ...choice("no-answer", "hang"), attemptTimeoutMs: 5000 },
    ],
  },
  {
    label: labels.groups.task,
    choices: [
      choice("task-fails", "job-fails:Ecs.1002"),
      choice("task-endless", "job-never-ends"),
      choice("task-lost", "job-vanishes", "question"),
      choice("question-lost", "drop-before", "question"),
      choice("disk-lingers", "lingers:5000"),
    ],
  },
];

function choice(
  id: keyof typeof labels.choices,
  header: string,
  meets: FaultChoice["meets"] = "delete",
): FaultChoice {
  return { id, label: labels.choices[id], header, meets };
}

export function findFault(id: string): FaultChoice {
  const choices = FAULT_GROUPS.flatMap((group) => group.choices);
  return choices.find((found) => found.id === id) ?? NO_FAULT;
}

/**
 * A `fetch` that asks for a fault once, so that one sees how it goes on afterwards.
 *
 * @param volumeId The disk whose DELETE asks for it: of several, always the same.
 */
export function faultyFetch(fault: FaultChoice, volumeId: string, send: typeof fetch): typeof fetch {
  let { header } = fault;
  return (input, init) => {
    if (header === null || !isMet(fault, volumeId, new Request(input, init))) return send(input, init);
    const headers = new Headers(init?.headers);
    headers.set("X-Sim-Fault", header);
    header = null;
    return send(input, { ...init, headers });
  };
}

function isMet({ meets }: FaultChoice, volumeId: string, { method, url }: Request): boolean {
  return meets === "delete" ? method === "DELETE" && url.includes(volumeId) : url.includes("/jobs/");
}
