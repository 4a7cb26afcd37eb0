import { detachVolumeAndWait, isEcsError, type Progress } from "ecs-detach-volume";
import type { FromPage, ToPage } from "./messages.ts";

const running = new Map<number, AbortController>();
const send = (message: ToPage) => postMessage(message);

addEventListener("message", async ({ data }: MessageEvent<FromPage>) => {
  const { id } = data;
  if ("ping" in data) return send({ id, pong: true });
  if ("cancel" in data) return running.get(id)?.abort();
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const onProgress = (progress: Progress) => send({ id, progress });
    send({
      id,
      outcome: await detachVolumeAndWait({ ...data.options, signal: controller.signal, onProgress }),
    });
  } catch (error) {
    // An `Error` that is sent as it is loses its fields on the way.
    send({ id, error: isEcsError(error) ? error.toJSON() : { message: String(error) } });
  } finally {
    running.delete(id);
  }
});
