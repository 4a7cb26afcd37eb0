// Serves the built console: the page, and the calls that it makes.
import { createServer } from "node:http";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono } from "hono";
import { ConnectionLost } from "../tests/simulator/index.ts";
import { type Address, listen, type RunningServer } from "../tests/simulator/listen.ts";
import { CONTENT_SECURITY_POLICY } from "./policy.ts";
import { type Cloud, createConsoleServer } from "./server.ts";

export interface ConsoleOptions extends Address {
  /** The folder of the built page. */
  pages: string;
  /** The cloud. */
  simulator: Cloud;
}

type Bindings = { Bindings: HttpBindings };

export const SECURITY_HEADERS = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** Serves the built page and its API. Rejects with the listen error, for example `EADDRINUSE`. */
export async function serveConsole(options: ConsoleOptions): Promise<RunningServer> {
  const app = createApp(options.simulator, options.pages);
  // Without the option, the listener would replace the process's own Request and Response.
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  // A browser repeats a request by itself, even a DELETE, where a connection that it has used before breaks.
  // So none is used twice.
  server.maxRequestsPerSocket = 1;
  return listen(server, options);
}

function createApp(cloud: Cloud, pages: string): Hono<Bindings> {
  const app = createApi(cloud);
  app.get("*", serveStatic({ root: pages }));
  return app;
}

/** The calls that the page makes, and the headers of all that is served. */
export function createApi(cloud: Cloud): Hono<Bindings> {
  const consoleServer = createConsoleServer(cloud);
  const app = new Hono<Bindings>();

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value);
    c.header("Cache-Control", caching(c));
  });
  app.all("/api/*", (c) => consoleServer.fetch(c.req.raw));
  app.onError((error, c) => {
    const isExpected = error instanceof ConnectionLost || c.req.raw.signal.aborted;
    if (!isExpected) console.error(error);
    c.env.incoming.socket.destroy();
    return c.body(null);
  });
  return app;
}

/** Built files carry a hash in their names, the page itself does not. */
function caching(c: Context): string {
  if (c.req.path.startsWith("/api/")) return "no-store";
  return c.req.path.startsWith("/assets/") && c.res.ok ? "public, max-age=31536000, immutable" : "no-cache";
}
