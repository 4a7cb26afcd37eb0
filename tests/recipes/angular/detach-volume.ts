import { DestroyRef, Injectable, inject, LOCALE_ID, signal } from "@angular/core";
import { type DetachVolumeAndWaitOptions, detachVolumeAndWait, type Progress } from "ecs-detach-volume";
import { describeError, type ErrorDescription } from "ecs-detach-volume/messages";

export type Detachment =
  | { state: "idle" | "done" }
  | { state: "running"; progress: Progress | null }
  | { state: "failed"; error: unknown; description: ErrorDescription };

/** For the `providers` of a component: when that is destroyed, the waiting ends, not the task. */
@Injectable()
export class DetachVolume {
  readonly detachment = signal<Detachment>({ state: "idle" });
  readonly #locale = inject(LOCALE_ID);
  #running: AbortController | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.cancel());
  }

  cancel(): void {
    this.#running?.abort();
  }

  async detach(options: DetachVolumeAndWaitOptions): Promise<void> {
    if (this.#running) return;
    this.#running = new AbortController();
    const onProgress = (progress: Progress) => this.detachment.set({ state: "running", progress });
    this.detachment.set({ state: "running", progress: null });
    try {
      await detachVolumeAndWait({ ...options, signal: this.#running.signal, onProgress });
      this.detachment.set({ state: "done" });
    } catch (error) {
      this.detachment.set({ state: "failed", error, description: describeError(error, this.#locale) });
    } finally {
      this.#running = undefined;
    }
  }
}
