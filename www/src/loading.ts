// When the package's module is loaded before its first call: when the page has time, or the user comes close to that call.
import { preload } from "ecs-detach-volume";
import type { Props } from "./dom.ts";
import type { Preload } from "./model.ts";

/** Later than this, it is loaded also where the page is never idle. */
const IDLE_TIMEOUT_MS = 2000;

let tell: (first: Preload) => void = () => {};

/** Costs nothing where the module is there. What the browser's tools show of it has this name. */
const loadBy = (cause: Preload["cause"]) => async () => {
  const start = performance.now();
  await preload();
  const { duration } = performance.measure("preload", { start });
  tell({ cause, ms: Math.round(duration) });
  tell = () => {};
};

/** For a button that leads to a call. */
export const preloading: Props = { onpointerenter: loadBy("button"), onfocus: loadBy("button") };

/** @param tellFirst Is called when the module is there for the first time. */
export function preloadWhenIdle(tellFirst: (first: Preload) => void): void {
  tell = tellFirst;
  const load = loadBy("idle");
  // Safari has no idle time to tell of.
  if ("requestIdleCallback" in window) requestIdleCallback(load, { timeout: IDLE_TIMEOUT_MS });
  else setTimeout(load);
}
