// Calls against a simulated cloud of their own, and what went over the wire.
import { createSimulator, type Seed } from "../simulator/index.ts";
import { serve } from "../simulator/serve.ts";
import type { DetachCall, Outcome, Side } from "./calls.ts";
import { readRequest, type SentRequest } from "./request.ts";
import { startTap } from "./tap.ts";

export interface Exchange {
  outcome: Outcome;
  sent: SentRequest;
  /** The `Host` that the request must name. */
  host: string;
  /** The tasks that the cloud has begun. */
  jobIds: string[];
}

/** @param known What the cloud knows, where that is not what the caller thinks. */
export async function exchange(side: Side, call: DetachCall, known = call): Promise<Exchange> {
  const [made] = await exchangeEach([side], call, known);
  if (!made) throw new Error("nothing was exchanged");
  return made;
}

/** The same call by several sides, at one address. Each finds the cloud as the others found it. */
export async function exchangeEach(
  sides: readonly Side[],
  call: DetachCall,
  known = call,
): Promise<Exchange[]> {
  const sim = createSimulator({ seed: seedFor(known) });
  const server = await serve(sim);
  const tap = await startTap(server.url);
  const { host } = new URL(tap.url);
  const made: Exchange[] = [];
  try {
    for (const { detach } of sides) {
      const outcome = await detach(tap.url, call);
      const jobIds = sim.state.jobs.map(({ id }) => id);
      made.push({ outcome, sent: readRequest(tap.take()), host, jobIds });
      sim.reset();
    }
    return made;
  } finally {
    tap.close();
    await server.close();
  }
}

/** A cloud with the one server and the disk that the call is about. */
function seedFor({ projectId, serverId, volumeId, accessKey, secretKey, securityToken }: DetachCall): Seed {
  const key = { accessKey, secretKey, ...(securityToken === undefined ? {} : { securityToken }) };
  return {
    projects: [{ id: projectId, domainId: "account", name: "cn-north-4", tokens: [], accessKeys: [key] }],
    servers: [{ id: serverId, projectId, name: "web-01", status: "ACTIVE", locked: false }],
    disks: [
      { id: volumeId, projectId, name: "data", sizeGiB: 10, bus: "virtio", bootable: false, frozen: false },
    ],
    attachments: [{ serverId, volumeId, device: "/dev/vdb", pciAddress: "0000:02:02.0", bootIndex: -1 }],
  };
}
