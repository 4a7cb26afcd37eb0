import { createServer } from "node:http";
import { relative } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { listen, type RunningServer } from "../simulator/listen.ts";

export interface FileServer extends RunningServer {
  /** Each request it got, as `GET /path`. */
  asked: readonly string[];
}

/**
 * A plain server of the files of a folder, and of nothing else.
 *
 * @param path Where on the site they are: begins and ends with a slash.
 */
export async function serveFiles(folder: string, path: string): Promise<FileServer> {
  const asked: string[] = [];
  const app = new Hono();
  app.use((c, next) => {
    asked.push(`${c.req.method} ${c.req.path}`);
    return next();
  });
  const root = relative(process.cwd(), folder);
  const rewriteRequestPath = (requested: string) => requested.slice(path.length - 1);
  app.get(`${path}*`, serveStatic({ root, rewriteRequestPath }));
  const server = await listen(
    createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false })),
    {},
  );
  return { ...server, url: server.url + path, asked };
}
