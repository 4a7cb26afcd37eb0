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
      await turn();
      if (!isOver) await clock.nextAsync();
    }
    return await promise;
  } finally {
    clock.uninstall();
  }
}

/** Lets everything run that is ready to run. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
