// When the package's module is loaded before its first call: when the page has time, or the user comes close to that call.
import { preload } from "ecs-detach-volume";
import type { Props } from "./dom.ts";

/** Later than this, it is loaded also where the page is never idle. */
const IDLE_TIMEOUT_MS = 2000;

/** Costs nothing where the module is there. What the browser's tools show of it has this name. */
const load = async () => {
  const start = performance.now();
  await preload();
  performance.measure("preload", { start });
};

/** For a button that leads to a call. */
export const preloading: Props = { onpointerenter: load, onfocus: load };

export function preloadWhenIdle(): void {
  // Safari has no idle time to tell of.
  if ("requestIdleCallback" in window) requestIdleCallback(load, { timeout: IDLE_TIMEOUT_MS });
  else setTimeout(load);
}
