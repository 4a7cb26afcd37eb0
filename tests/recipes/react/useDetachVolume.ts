import { type DetachVolumeAndWaitOptions, detachVolumeAndWait, type Progress } from "ecs-detach-volume";
import { describeError, type ErrorDescription } from "ecs-detach-volume/messages";
import { useEffect, useRef, useState } from "react";

export type Detachment =
  | { state: "idle" | "done" }
  | { state: "running"; progress: Progress | null }
  | { state: "failed"; error: unknown; description: ErrorDescription };

/** Detaches a disk when `detach` is called. `cancel`, and removing the component, ends the waiting, not the task. */
export function useDetachVolume(options: DetachVolumeAndWaitOptions, locale = "en") {
  const [detachment, setDetachment] = useState<Detachment>({ state: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function detach(): Promise<void> {
    if (running.current) return;
    const controller = new AbortController();
    running.current = controller;
    const onProgress = (progress: Progress) => setDetachment({ state: "running", progress });
    setDetachment({ state: "running", progress: null });
    try {
      await detachVolumeAndWait({ ...options, signal: controller.signal, onProgress });
      setDetachment({ state: "done" });
    } catch (error) {
      setDetachment({ state: "failed", error, description: describeError(error, locale) });
    } finally {
      running.current = null;
    }
  }

  return { detachment, detach, cancel: () => running.current?.abort() };
}
