import type { DetachOutcome, Progress } from "ecs-detach-volume";
import type { FromPage, Sendable, ToPage } from "./messages.ts";

let lastId = 0;

/**
 * `detachVolumeAndWait` in a worker: `new Worker(new URL("./worker.ts", import.meta.url), { type: "module" })`. What it
 * rejects with is the error as a plain object, which `isEcsError` and `describeError` take as they take the error. If the
 * script of the worker cannot be loaded, it is an `Error`, and nothing was sent.
 *
 * Do not terminate a worker that is detaching a disk: nobody would tell the page. Let the signal fire, and wait for the
 * end, which names the task.
 */
export async function detachInWorker(
  worker: Worker,
  options: Sendable,
  onProgress?: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<DetachOutcome> {
  lastId += 1;
  const id = lastId;
  const send = (message: FromPage) => worker.postMessage(message);
  const over = new AbortController();
  const until = { signal: over.signal };
  try {
    await new Promise<void>((resolve, reject) => {
      const refuse = ({ message }: ErrorEvent) =>
        reject(new Error(`the worker did not start: ${message ?? "its script could not be loaded"}`));
      const receive = ({ data }: MessageEvent<ToPage>) => data.id === id && resolve();
      worker.addEventListener("message", receive, until);
      // Not later: `error` then means that something else in the worker has failed, and the detachment goes on.
      worker.addEventListener("error", refuse, until);
      send({ id, ping: true });
    });
    return await new Promise<DetachOutcome>((resolve, reject) => {
      const receive = ({ data }: MessageEvent<ToPage>) => {
        if (data.id !== id) return;
        if ("progress" in data) onProgress?.(data.progress);
        else if ("outcome" in data) resolve(data.outcome);
        else if ("error" in data) reject(data.error);
      };
      worker.addEventListener("message", receive, until);
      signal?.addEventListener("abort", () => send({ id, cancel: true }), until);
      send({ id, options });
      if (signal?.aborted) send({ id, cancel: true });
    });
  } finally {
    over.abort();
  }
}
