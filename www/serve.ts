// The server side of the console: serves the page and passes its calls on to the cloud.
//
//   tsx www/serve.ts [--port 4173]
//
// The cloud token stays here: the page knows only a CSRF token of this server.
import { randomUUID } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { type Context, Hono } from "hono";
import {
  ConnectionLost,
  createSimulator,
  PROJECT_ID,
  type Simulator,
  TOKEN,
} from "../tests/simulator/index.ts";
import { type Address, listen, type RunningServer, runAsProgram } from "../tests/simulator/listen.ts";

export interface ConsoleOptions extends Address {
  /** The folder of the built page. Default: `www/dist`. */
  pages?: string;
  /** The cloud. */
  simulator: Pick<Simulator, "handle" | "reset">;
}

type Bindings = { Bindings: HttpBindings };

const PROXY_PREFIX = "/api/ecs";
const PAGES = fileURLToPath(new URL("./dist", import.meta.url));

const SECURITY_HEADERS = {
  "Content-Security-Policy": "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** What the page may say to the cloud; cookies and tokens of the page's own session stay behind. */
const REQUEST_HEADERS = ["Accept", "Content-Type", "X-Language", "X-Sim-Fault"];

/** Serves the built page and its API. Rejects with the listen error, for example `EADDRINUSE`. */
export async function serveConsole(options: ConsoleOptions): Promise<RunningServer> {
  const app = createApp(options.simulator, options.pages ?? PAGES);
  // Without the option, the listener would replace the process's own Request and Response.
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  // A browser repeats a request by itself, even a DELETE, where a connection that it has used before breaks.
  // So none is used twice.
  server.maxRequestsPerSocket = 1;
  return listen(server, options);
}

function createApp(simulator: ConsoleOptions["simulator"], pages: string): Hono<Bindings> {
  const csrfToken = randomUUID();
  const app = new Hono<Bindings>();

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.header(name, value);
    c.header("Cache-Control", caching(c));
  });
  app.use("/api/*", (c, next) => {
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    if (isRead || c.req.header("X-CSRF-Token") === csrfToken) return next();
    const message = "The X-CSRF-Token header is missing or of another session.";
    return Promise.resolve(refuse(c, 403, "Console.0001", message));
  });

  app.get("/api/session", (c) => c.json({ projectId: PROJECT_ID, csrfToken }));
  app.post("/api/demo/reset", (c) => {
    simulator.reset();
    return c.body(null, 204);
  });
  for (const version of ["v1", "v2"]) {
    app.all(`${PROXY_PREFIX}/${version}/*`, (c) => passOn(c, simulator));
  }
  app.all("/api/*", (c) => refuse(c, 404, "Console.0002", "The console has no such call."));
  app.get("*", (c, next) =>
    existsSync(pages) ? next() : c.text("Not built yet: run `npm run build`.\n", 503),
  );
  app.get("*", serveStatic({ root: pages }));
  app.onError((error, c) => {
    const isExpected = error instanceof ConnectionLost || c.req.raw.signal.aborted;
    if (!isExpected) console.error(error);
    c.env.incoming.socket.destroy();
    return c.body(null);
  });
  return app;
}

/** A call of the page, sent to the cloud with the token that only this server knows. */
async function passOn(c: Context<Bindings>, simulator: ConsoleOptions["simulator"]): Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  const headers = new Headers({ "X-Auth-Token": TOKEN });
  for (const name of REQUEST_HEADERS) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  const body = await c.req.arrayBuffer();
  const request = new Request(`http://cloud.invalid${pathname.slice(PROXY_PREFIX.length)}${search}`, {
    method: c.req.method,
    headers,
    body: body.byteLength > 0 ? body : null,
    signal: c.req.raw.signal,
  });
  return simulator.handle(request);
}

/** An answer in the form of the cloud's own errors, so that the page needs to know only one. */
function refuse(c: Context, status: 403 | 404, code: string, message: string): Response {
  return c.json({ error: { code, message } }, status);
}

/** Built files carry a hash in their names, the page itself does not. */
function caching(c: Context): string {
  if (c.req.path.startsWith("/api/")) return "no-store";
  return c.req.path.startsWith("/assets/") && c.res.ok ? "public, max-age=31536000, immutable" : "no-cache";
}

const entry = process.argv[1];
if (entry && realpathSync(entry) === fileURLToPath(import.meta.url)) {
  await runAsProgram(
    "4173",
    (port) => serveConsole({ port, simulator: createSimulator() }),
    (url) => console.log(`\nDemo console    ${url}\n\nPress Ctrl+C to stop`),
  );
}
