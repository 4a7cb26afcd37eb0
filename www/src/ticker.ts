import { isActive, type State } from "./model.ts";
import type { Store } from "./store.ts";

const TICK_MS = 1000;

/** Draws the time that passes, as long as something is going on. */
export function keepTime(store: Store<State>, draw: () => void): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  store.subscribe((state) => {
    if (state.operations.some(isActive)) {
      timer ??= setInterval(draw, TICK_MS);
    } else {
      clearInterval(timer);
      timer = undefined;
    }
  });
}
