import type { FaultRule, Simulator } from "./index.ts";
import { json } from "./replies.ts";

/** Paths below this are the simulator's own, for tests in another process, and no part of the cloud. */
export const ADMIN_PREFIX = "/_sim/";

type Administered = Pick<Simulator, "requests" | "reset" | "faults">;

export async function administer(
  sim: Administered,
  method: string,
  path: string,
  body: string,
): Promise<Response> {
  switch (`${method} ${path}`) {
    case "GET /_sim/requests":
      return json({ requests: sim.requests });
    case "POST /_sim/reset":
      sim.reset();
      return json({});
    case "POST /_sim/faults":
      return addFault(sim, body);
    default:
      return json({ error: `${method} ${path} is not one of the simulator's own calls` }, 404);
  }
}

function addFault(sim: Administered, body: string): Response {
  try {
    sim.faults.add(JSON.parse(body) as FaultRule);
    return json({});
  } catch (error) {
    return json({ error: error instanceof Error ? error.message : String(error) }, 400);
  }
}
