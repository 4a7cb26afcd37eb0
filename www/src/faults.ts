import { text } from "./text.ts";

/** A fault that the simulated cloud can be asked for, by the header `X-Sim-Fault`. */
export interface FaultChoice {
  id: string;
  label: string;
  /** What the header says; null: no header. */
  header: string | null;
  /** A shorter deadline, to show it without a long wait. */
  attemptTimeoutMs?: number;
}

export interface FaultGroup {
  label: string;
  choices: readonly FaultChoice[];
}

const labels = text.faults;

export const NO_FAULT: FaultChoice = { id: "none", label: labels.none, header: null };

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
  { label: labels.groups.task, choices: [choice("task-fails", "job-fails:Ecs.1002")] },
];

function choice(id: keyof typeof labels.choices, header: string): FaultChoice {
  return { id, label: labels.choices[id], header };
}

export function findFault(id: string): FaultChoice {
  const choices = FAULT_GROUPS.flatMap((group) => group.choices);
  return choices.find((found) => found.id === id) ?? NO_FAULT;
}
