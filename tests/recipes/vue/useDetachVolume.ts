import { type DetachVolumeAndWaitOptions, detachVolumeAndWait, type Progress } from "ecs-detach-volume";
import { describeError, type ErrorDescription } from "ecs-detach-volume/messages";
import { onScopeDispose, type ShallowRef, shallowRef } from "vue";

export type Detachment =
  | { state: "idle" | "done" }
  | { state: "running"; progress: Progress | null }
  | { state: "failed"; error: unknown; description: ErrorDescription };

/** Detaches a disk when `detach` is called. `cancel`, and removing the component, ends the waiting, not the task. */
export function useDetachVolume(locale = "en") {
  const detachment: ShallowRef<Detachment> = shallowRef({ state: "idle" });
  let running: AbortController | undefined;
  const cancel = () => running?.abort();
  onScopeDispose(cancel);

  async function detach(options: DetachVolumeAndWaitOptions): Promise<void> {
    if (running) return;
    running = new AbortController();
    const onProgress = (progress: Progress) => {
      detachment.value = { state: "running", progress };
    };
    detachment.value = { state: "running", progress: null };
    try {
      await detachVolumeAndWait({ ...options, signal: running.signal, onProgress });
      detachment.value = { state: "done" };
    } catch (error) {
      detachment.value = { state: "failed", error, description: describeError(error, locale) };
    } finally {
      running = undefined;
    }
  }

  return { detachment, detach, cancel };
}
