import { createServer } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { ConnectionLost, type Simulator } from "./index.ts";
import { type Address, listen, type RunningServer } from "./listen.ts";
import { gatewayStatusReply } from "./replies.ts";

export type { RunningServer };

/** For what is answered before it becomes a request. */
const NO_ID = "0".repeat(32);
const HEADERS = { "X-Request-Id": NO_ID };

/** Serves a simulator by HTTP. Rejects with the listen error, for example `EADDRINUSE`. */
export async function serve(sim: Pick<Simulator, "handle">, address: Address = {}): Promise<RunningServer> {
  const listener = getRequestListener(
    async (request, { incoming }) => {
      try {
        return await sim.handle(request);
      } catch (error) {
        if (!isExpected(error, request)) console.error(error);
        incoming.socket.destroy();
        return new Response(null);
      }
    },
    {
      // Else it would replace the process's own Request and Response.
      overrideGlobalObjects: false,
      errorHandler: (error) => gatewayStatusReply(error instanceof RequestError ? 400 : 500, NO_ID, HEADERS),
    },
  );
  return listen(createServer(listener), address);
}

/** A lost connection is asked for, and a caller may hang up. The rest are mistakes of the simulator. */
function isExpected(error: unknown, request: Request): boolean {
  return error instanceof ConnectionLost || request.signal.aborted;
}
