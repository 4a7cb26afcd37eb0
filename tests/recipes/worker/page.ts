import type { DetachOutcome, Progress } from "ecs-detach-volume";
import type { FromPage, Sendable, ToPage } from "./messages.ts";

let lastId = 0;

/**
 * `detachVolumeAndWait` in a worker: `new Worker(new URL("./worker.ts", import.meta.url), { type: "module" })`. What it
 * rejects with is the error as a plain object, which `isEcsError` and `describeError` take as they take the error.
 */
export function detachInWorker(
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
  return new Promise<DetachOutcome>((resolve, reject) => {
    const receive = ({ data }: MessageEvent<ToPage>) => {
      if (data.id !== id) return;
      if ("progress" in data) onProgress?.(data.progress);
      else if ("outcome" in data) resolve(data.outcome);
      else reject(data.error);
    };
    worker.addEventListener("message", receive, until);
    // The script of the worker could not be loaded, or broke: no message comes any more.
    worker.addEventListener("error", reject, until);
    signal?.addEventListener("abort", () => send({ id, cancel: true }), until);
    send({ id, options });
    if (signal?.aborted) send({ id, cancel: true });
  }).finally(() => over.abort());
}
