// What the cases share: the package, the options that every call needs, and the simulated cloud.
import type { DetachVolumeOptions, EcsError } from "ecs-detach-volume";
import type { FaultRule, ReceivedRequest } from "../../simulator/index.ts";
import { DISK_IDS, PROJECT_ID, SERVER_IDS, TOKEN } from "../../simulator/seed.ts";

export type Package = typeof import("ecs-detach-volume");
type Failure = EcsError & Record<string, unknown>;
type Rule = Omit<FaultRule, "path"> & { path?: string };

/** The options of the functions that wait, for a task that takes 50 ms. */
export const OFTEN = { initialDelayMs: 40, pollIntervalMs: 40, maxPollIntervalMs: 80 };

/** Repeats at once. */
export const SOON = { baseDelayMs: 1, maxDelayMs: 5 };

export class Tools {
  readonly api: Package;
  readonly options: DetachVolumeOptions;
  /** What the engine does by itself, for the report of the run. */
  readonly notes: string[];

  constructor(api: Package, notes: string[]) {
    this.api = api;
    this.notes = notes;
    this.options = {
      endpoint: location.origin,
      projectId: PROJECT_ID,
      serverId: SERVER_IDS.web,
      volumeId: DISK_IDS.webData,
      auth: { token: TOKEN },
      retry: SOON,
    };
  }

  /** The error of a call that must fail. */
  readonly failure = async (call: Promise<unknown>): Promise<Failure> => {
    const error = await call.then(
      (value) => Promise.reject(new Error(`the call gave ${JSON.stringify(value)}`)),
      (reason: unknown) => reason,
    );
    if (this.api.isEcsError(error) && error instanceof Error) return error as Failure;
    throw new Error(`${error} is no error of the package`);
  };

  /** How a detach fails where the cloud does this to it. */
  readonly failureBy = async (fault: string, change: Partial<DetachVolumeOptions> = {}): Promise<Failure> => {
    const headers = { "X-Sim-Fault": fault };
    return this.failure(this.api.detachVolume({ ...this.options, headers, ...change }));
  };

  /** Lets something go wrong at the cloud. */
  readonly addFault = async (rule: Rule): Promise<void> => {
    await ask("/_sim/faults", { method: "POST", body: JSON.stringify(rule) });
  };

  /** What the cloud has received so far, of a method. */
  readonly received = async (method: string): Promise<ReceivedRequest[]> => {
    const { requests } = await (await ask("/_sim/requests")).json();
    return requests.filter((request: ReceivedRequest) => request.method === method);
  };

  /** Resolves when the cloud works on a DELETE. */
  readonly deleteHasCome = async (): Promise<void> => {
    await ask("/_deletes/pending");
  };

  /** Resolves when the cloud works on no DELETE any more. */
  readonly deleteHasGone = async (): Promise<void> => {
    await ask("/_deletes/none");
  };
}

export async function reset(): Promise<void> {
  await ask("/_sim/reset", { method: "POST" });
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const reply = await fetch(path, init);
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`);
  return reply;
}
