// The simulated cloud without a gateway, and what can go wrong in it.
import type { TestContext } from "node:test";
import { createSimulator, type Fault, TOKEN } from "../simulator/index.ts";
import { type Outcome, observe } from "./outcome.ts";
import { whole } from "./upstreams.ts";

export interface ServiceFault {
  fault?: Fault;
  /** The first request alone meets it. */
  isOnce?: true;
}

export const SERVICE_FAULTS: readonly ServiceFault[] = [
  {},
  ...faults("drop-before", "drop-after", "delay:20", "hang", "hang:committed"),
  ...faults("throttle"),
  { fault: "throttle", isOnce: true },
  ...faults(
    "throttle:600",
    "throttle:1000000",
    "throttle:date:315360000",
    "throttle-for:120",
    "flow-control",
  ),
  { fault: "flow-control", isOnce: true },
  ...faults("status:500", "status:503"),
  { fault: "status:503", isOnce: true },
  ...faults("unavailable", "unavailable:3600", "offline:45", "offline:45:committed"),
  ...faults("status:504", "status:504:committed", "status:404", "status:408", "status:409"),
  ...faults("html:200", "html:404", "html:429", "html:502", "html:502:committed"),
  ...faults("empty:200", "empty:202", "empty:204", "empty:401", "empty:404", "empty:429", "empty:500"),
  ...faults("truncated", "stalled", "body-used", "huge", "no-job-id", "job-id"),
  ...faults(
    "envelope",
    "envelope:code",
    "envelope:error",
    "other-job",
    "other-disk",
    "absent",
    "absent:null",
  ),
  ...faults("code:Ecs.0100", "code:Ecs.0111", "code:Ecs.0603", "code:Ecs.0114", "code:Ecs.0003"),
  ...faults("code:Ecs.1000", "code:APIGW.0301", "code:APIGW.0101"),
  ...faults("generic-with-details", "nested", "nested:server", "nested:conflict", "nested:bad-request"),
  ...faults("nested:server-error", "unwrapped", "unwrapped:conflict", "unwrapped:server-error"),
  ...faults("expired-token", "expired-token:APIGW.0301", "expired-token:plain", "redirect"),
  ...faults(
    "job-never-ends",
    "job-vanishes",
    "job-not-found",
    "job-not-found:1:html",
    "job-not-found:always",
  ),
  ...faults("job-fails", "job-fails:Ecs.1300:split", "job-says", "job-says: FAILED", "job-says:CANCELED"),
  ...faults("job-says:CANCELED:attached", "unreadable", "unreadable:502", "unreadable:offline", "lingers"),
  // Its clock counts where requests are signed; what it names, where a system disk is looked at.
  ...faults("skewed", "root-device"),
];

/** Makes one call without a gateway. */
export async function callDirectly(t: TestContext, { fault, isOnce }: ServiceFault): Promise<Outcome> {
  const sim = createSimulator();
  if (fault) sim.faults.add({ fault, ...(isOnce ? { times: 1 } : {}) });
  const { url } = await whole(t, sim);
  // The full time where nothing waits for its end.
  const limit = /^(?:hang|stalled)/.test(fault ?? "") ? { attemptTimeoutMs: 1_000 } : {};
  return observe(sim, { endpoint: url, auth: { token: TOKEN }, ...limit });
}

function faults(...names: Fault[]): ServiceFault[] {
  return names.map((fault) => ({ fault }));
}
