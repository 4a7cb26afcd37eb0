import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, RequestError } from "@hono/node-server";
import { ConnectionLost, type Simulator } from "./index.ts";
import { gatewayStatusReply } from "./replies.ts";

/** For what is answered before it becomes a request. */
const NO_ID = "0".repeat(32);
const HEADERS = { "X-Request-Id": NO_ID };

export interface RunningServer {
  /** Without a slash at the end. */
  url: string;
  /** Ends open and hanging connections at once. */
  close(): Promise<void>;
}

/** Serves a simulator by HTTP. Rejects with the listen error, for example `EADDRINUSE`. */
export async function serve(
  sim: Pick<Simulator, "handle">,
  { port = 0, hostname = "127.0.0.1" }: { port?: number; hostname?: string } = {},
): Promise<RunningServer> {
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
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, resolve);
  });

  const address = server.address() as AddressInfo;
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A lost connection is asked for, and a caller may hang up. The rest are mistakes of the simulator. */
function isExpected(error: unknown, request: Request): boolean {
  return error instanceof ConnectionLost || request.signal.aborted;
}
