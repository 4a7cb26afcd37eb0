// A whole detachment that meets a fault of the service where that is met by its name alone, in virtual time.
import { detachVolumeAndWait, isEcsError } from "ecs-detach-volume";
import { inVirtualTime } from "../loader/virtual-time.ts";
import {
  createSimulator,
  DISK_IDS,
  type FaultName,
  PROJECT_ID,
  SERVER_IDS,
  TOKEN,
} from "../simulator/index.ts";
import { meetingOf, PLACES } from "../simulator/places.ts";
import type { ServiceFault } from "./direct.ts";

export const WAITED_HEADER = [
  "Fault",
  "Result",
  "`mayHaveStarted`",
  "DELETEs",
  "Requests",
  "Tasks",
  "Disk",
  "Time, s",
];

export interface Waited {
  /** How it is known that the disk is off, or the kind of the error. */
  result: string;
  mayHaveStarted: boolean | null;
  deletes: number;
  requests: number;
  /** How many tasks the service has begun. */
  tasks: number;
  isAttached: boolean;
  seconds: number;
}

/** With the same chance each time: waits are random in part, and the table is compared. */
export async function waitFor(fault: ServiceFault): Promise<Waited> {
  const { random } = Math;
  Math.random = () => 0.5;
  try {
    return await play(fault);
  } finally {
    Math.random = random;
  }
}

function play({ fault }: ServiceFault): Promise<Waited> {
  return inVirtualTime(async (clock) => {
    const sim = createSimulator();
    if (fault) {
      const { on, times } = meetingOf(fault.split(":")[0] as FaultName);
      sim.faults.add({ ...PLACES[on], ...(Number.isFinite(times) ? { times } : {}), fault });
    }
    const target = { projectId: PROJECT_ID, serverId: SERVER_IDS.web, volumeId: DISK_IDS.webData };
    const connection = { endpoint: "https://ecs.example.com", auth: { token: TOKEN }, fetch: sim.fetch };
    const start = clock.now;
    const { result, mayHaveStarted } = await detachVolumeAndWait({ ...connection, ...target }).then(
      ({ confirmedBy }) => ({ result: `detached, by ${confirmedBy}`, mayHaveStarted: null }),
      (error) => {
        if (!isEcsError(error)) throw error;
        return { result: error.kind, mayHaveStarted: error.mayHaveStarted };
      },
    );
    return {
      result,
      mayHaveStarted,
      deletes: sim.requests.filter(({ method }) => method === "DELETE").length,
      requests: sim.requests.length,
      tasks: sim.state.jobs.length,
      isAttached: sim.state.attachments.some(({ volumeId }) => volumeId === target.volumeId),
      seconds: Math.round((clock.now - start) / 1000),
    };
  });
}

/** Waits are random in part, so a long time is shown in minutes, and many requests are not counted. */
export function waitedRow(fault: string, outcome: Waited): string[] {
  const { result, mayHaveStarted, deletes, requests, tasks, isAttached, seconds } = outcome;
  return [
    fault,
    mayHaveStarted === null ? result : `\`${result}\``,
    mayHaveStarted === null ? "" : `\`${mayHaveStarted}\``,
    `${deletes}`,
    requests > 20 ? "> 20" : `${requests}`,
    `${tasks}`,
    isAttached ? "attached" : "off",
    seconds < 60 ? "< 60" : `${Math.ceil(seconds / 60) * 60}`,
  ];
}
