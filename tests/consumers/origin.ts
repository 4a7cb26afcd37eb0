// One origin for a page and its API: files or another server, and the cloud.
import { createServer } from "node:http";
import { relative } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { proxy } from "hono/proxy";
import type { Simulator } from "../simulator/index.ts";
import { listen, type RunningServer } from "../simulator/listen.ts";

export interface Pages {
  /** A folder, or the URL of a server. */
  from: string;
  /** The Content-Security-Policy of every answer. */
  policy: string | null;
}

export function serveOrigin(
  cloud: Pick<Simulator, "handle">,
  { from, policy }: Pages,
): Promise<RunningServer> {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    if (policy !== null) c.header("Content-Security-Policy", policy);
  });
  app.all("/v1/*", (c) => cloud.handle(c.req.raw));
  if (from.startsWith("http:")) {
    app.all("*", (c) => {
      const { pathname, search } = new URL(c.req.url);
      return proxy(from + pathname + search, { raw: c.req.raw });
    });
  } else {
    app.get("*", serveStatic({ root: relative(process.cwd(), from) }));
  }
  return listen(createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false })), {});
}
