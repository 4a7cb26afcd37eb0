// Time that passes only when nothing is left to do: minutes of waiting take milliseconds.
import FakeTimers from "@sinonjs/fake-timers";

type Clock = ReturnType<typeof FakeTimers.install>;

/** Runs `body` in virtual time: `setTimeout`, `Date` and `performance.now` follow one clock, which starts at 2026. */
export async function inVirtualTime<T>(body: (clock: Clock) => Promise<T>): Promise<T> {
  const clock = FakeTimers.install({
    now: Date.UTC(2026, 0, 1),
    toFake: ["setTimeout", "clearTimeout", "Date", "performance"],
  });
  let isOver = false;
  const promise = body(clock).finally(() => {
    isOver = true;
  });
  promise.catch(() => {}); // It is awaited below.
  try {
    // The real event loop turns between two timers, so that replies of streams arrive before time goes on.
    while (!isOver) {
      do await turn();
      while (held > 0);
      if (!isOver) await clock.nextAsync();
    }
    return await promise;
  } finally {
    clock.uninstall();
  }
}

/** Requests for which time stands still. */
let held = 0;

/** Time stands still until the answer is there: signatures are checked in another thread. */
export function holdingTime(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (...args) => {
    held += 1;
    try {
      return await fetch(...args);
    } finally {
      held -= 1;
    }
  };
}

/** Lets everything run that is ready to run. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
