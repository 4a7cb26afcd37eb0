// The nginx of the README in front of the simulated cloud.
import type { TestContext } from "node:test";
import { startNginx } from "../docs/proxies.ts";
import { createSimulator, DISK_IDS, type Fault, TOKEN } from "../simulator/index.ts";
import { type Outcome, observe } from "./outcome.ts";
import { type StartUpstream, whole } from "./upstreams.ts";

/** How a gateway differs from the recipe, what stands behind it, and how it is called. */
export interface Setting {
  /** Directives for nginx's `server` block, and where they must stand, its `http` block. */
  server?: string;
  http?: string;
  /** What the location that asks the login service holds in place of its `proxy_pass`. */
  session?: string;
  isLoggedIn?: boolean;
  upstream?: StartUpstream;
  /** What happens in the simulated cloud. */
  fault?: Fault;
  /** The endpoint, below the address of nginx. */
  path?: string;
  /** Nothing listens at the address of nginx. */
  isGatewayDown?: boolean;
  headers?: Record<string, string>;
  token?: string;
  retry?: false;
  /** Another disk is detached just before. */
  isSecondCall?: boolean;
}

const CSRF = { "X-CSRF": "1" };

/** Makes one call through a gateway. */
export async function callThrough(t: TestContext, setting: Setting): Promise<Outcome> {
  const { upstream = whole, fault, isLoggedIn = true, path = "/api/ecs", headers = CSRF } = setting;
  const sim = createSimulator();
  if (fault) sim.faults.add({ fault });
  const { url, breakOff } = await upstream(t, sim);
  const base = setting.isGatewayDown
    ? url
    : await startNginx(t, {
        upstream: url,
        token: isLoggedIn ? TOKEN : undefined,
        change: (recipe) => changed(recipe, setting),
        ...(setting.http ? { http: setting.http } : {}),
      });
  const options = {
    endpoint: new URL(path, base),
    headers,
    ...(setting.token ? { auth: { token: setting.token } } : {}),
    ...(setting.retry === false ? { retry: setting.retry } : {}),
  };
  if (setting.isSecondCall) await observe(sim, { ...options, volumeId: DISK_IDS.webLogs });
  return observe(sim, options, breakOff);
}

function changed(recipe: string, { server = "", session }: Setting): string {
  const locations = session ? recipe.replace("proxy_pass $" + "{SESSION_URL};", () => session) : recipe;
  return `${server}\n${locations}`;
}
