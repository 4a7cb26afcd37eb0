// What the loader's tests share.
import assert from "node:assert/strict";
import { type DetachVolumeOptions, detachVolume, type EcsError, isEcsError } from "ecs-detach-volume";
import { createSimulator, DISK_IDS, PROJECT_ID, SERVER_IDS, TOKEN } from "../simulator/index.ts";

/** A task that was accepted, by a reply without ids of requests. */
export const task = (jobId: string) => ({ jobId, requestId: null, detachRequestId: null });

export const valid: DetachVolumeOptions = {
  endpoint: "https://ecs.example.com",
  projectId: PROJECT_ID,
  serverId: SERVER_IDS.web,
  volumeId: DISK_IDS.webData,
  auth: { token: TOKEN },
};

/** A simulator, and options for it. */
export function simulated() {
  const simulator = createSimulator();
  return { simulator, options: { ...valid, fetch: simulator.fetch } };
}

/** The error of a call that must fail. Options may be as wrong as a test needs. */
export async function failure(options: unknown): Promise<EcsError & Record<string, unknown>> {
  const error = await rejection(detachVolume(options as DetachVolumeOptions));
  assert.ok(isEcsError(error), `${String(error)} is no EcsError`);
  assert.ok(error instanceof Error);
  return error as EcsError & Record<string, unknown>;
}

export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => assert.fail("the promise was fulfilled"),
    (error) => error,
  );
}

/** A `fetch` that must not be called. */
export const untouched: typeof fetch = () => assert.fail("a request was sent");

/** A `fetch` that answers with a body, and notes how it was called. */
export function answering(body: BodyInit | null, init: ResponseInit = {}) {
  const calls: { url: string; init: RequestInit }[] = [];
  const fetch = (async (url: string, request: RequestInit) => {
    calls.push({ url, init: request });
    return new Response(body, init);
  }) as typeof globalThis.fetch;
  return { fetch, calls };
}

/** A signal that counts its listeners. */
export function countingSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: unknown[]) => {
    listeners += 1;
    Reflect.apply(addEventListener, signal, args);
  };
  signal.removeEventListener = (...args: unknown[]) => {
    listeners -= 1;
    Reflect.apply(removeEventListener, signal, args);
  };
  return { controller, signal, listeners: () => listeners };
}
