// What the console's server does, as a function: it lets the page talk to the cloud, and keeps the token from it.
//
// It runs behind an HTTP server (serve.ts), and in the page itself (src/in-page.ts).
import { type Context, Hono } from "hono";
import { PROJECT_ID, type Simulator, TOKEN } from "../tests/simulator/index.ts";

export type Cloud = Pick<Simulator, "handle" | "reset">;

const PROXY_PREFIX = "/api/ecs";

/** What the page may say to the cloud; cookies and tokens of the page's own session stay behind. */
const REQUEST_HEADERS = ["Accept", "Content-Type", "X-Language", "X-Sim-Fault"];

/**
 * The calls below `/api`. Rejects with `ConnectionLost` where a connection to the cloud would break.
 *
 * The cloud token stays here: the page knows only a CSRF token of this server.
 */
export function createConsoleServer(cloud: Cloud): Hono {
  const csrfToken = randomToken();
  const app = new Hono();

  app.use((c, next) => {
    const isRead = c.req.method === "GET" || c.req.method === "HEAD";
    if (isRead || c.req.header("X-CSRF-Token") === csrfToken) return next();
    const message = "The X-CSRF-Token header is missing or of another session.";
    return Promise.resolve(refuse(c, 403, "Console.0001", message));
  });
  app.get("/api/session", (c) => c.json({ projectId: PROJECT_ID, csrfToken }));
  app.post("/api/demo/reset", (c) => {
    cloud.reset();
    return c.body(null, 204);
  });
  for (const version of ["v1", "v2"]) {
    app.all(`${PROXY_PREFIX}/${version}/*`, (c) => passOn(c, cloud));
  }
  app.all("*", (c) => refuse(c, 404, "Console.0002", "The console has no such call."));
  app.onError((error) => {
    throw error;
  });
  return app;
}

/** A call of the page, sent to the cloud with the token that only this server knows. */
async function passOn(c: Context, cloud: Cloud): Promise<Response> {
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
  return cloud.handle(request);
}

/** An answer in the form of the cloud's own errors, so that the page needs to know only one. */
function refuse(c: Context, status: 403 | 404, code: string, message: string): Response {
  return c.json({ error: { code, message } }, status);
}

/** `crypto.randomUUID` would be missing in a page that is not served by HTTPS. */
function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
