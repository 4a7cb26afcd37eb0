import { reasonOf, throwIfAborted } from "./platform.ts";

/** Follows another clock, or stands still; either way it can be moved forward. */
export class Clock {
  readonly #read: () => number;
  readonly #isStill: boolean;
  readonly #waiting = new Set<{ dueMs: number; wake: () => void }>();
  #offsetMs = 0;

  /** @param start What to follow, or where to stand, in epoch milliseconds. */
  constructor(start: number | (() => number)) {
    this.#isStill = typeof start === "number";
    this.#read = typeof start === "number" ? () => start : start;
  }

  /** Epoch milliseconds. */
  readonly now = (): number => this.#read() + this.#offsetMs;

  /** Moves it forward, and wakes who has waited for that. */
  advance(ms: number): void {
    if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError(`time goes forward only, got ${ms}`);
    this.#offsetMs += ms;
    const now = this.now();
    for (const waiter of this.#waiting) if (waiter.dueMs <= now) waiter.wake();
  }

  /**
   * Resolves after the time, which may be infinite; rejects with the signal's reason when that fires.
   * Leaves no timer and no listener behind.
   */
  readonly wait = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
    throwIfAborted(signal);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let abort = () => {};
    const waiter = { dueMs: this.now() + ms, wake: () => {} };
    this.#waiting.add(waiter);
    try {
      await new Promise<void>((resolve, reject) => {
        abort = () => reject(reasonOf(signal));
        signal?.addEventListener("abort", abort);
        waiter.wake = resolve;
        if (Number.isFinite(ms) && !this.#isStill) timer = setTimeout(resolve, ms);
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
      this.#waiting.delete(waiter);
    }
  };
}
