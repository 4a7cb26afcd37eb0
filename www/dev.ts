// Serves the console from its sources, by Vite: what changes in them, or in the package, is in the page at once.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { createServer as createVite, type ViteDevServer } from "vite";
import { type Address, listen, type RunningServer } from "../tests/simulator/listen.ts";
import { sourcesPolicy } from "./policy.ts";
import { createApi, SECURITY_HEADERS } from "./serve.ts";
import type { Cloud } from "./server.ts";

export interface SourcesServer extends RunningServer {
  /** To watch more than what the page has loaded. */
  watcher: ViteDevServer["watcher"];
}

const ROOT = fileURLToPath(new URL(".", import.meta.url));

/** Rejects with the listen error, for example `EADDRINUSE`. */
export async function serveSources({
  simulator,
  ...address
}: Address & { simulator: Cloud }): Promise<SourcesServer> {
  const server = createServer();
  const cspNonce = crypto.randomUUID();
  const vite = await createVite({
    root: ROOT,
    logLevel: "warn",
    appType: "spa",
    html: { cspNonce },
    server: {
      middlewareMode: true,
      hmr: { server },
      headers: { ...SECURITY_HEADERS, "Content-Security-Policy": sourcesPolicy(cspNonce) },
    },
  });
  const api = getRequestListener(createApi(simulator).fetch, { overrideGlobalObjects: false });
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/api/")) return api(request, response);
    return vite.middlewares(request, response);
  });
  // As in serve.ts: a browser must not repeat a DELETE by itself.
  server.maxRequestsPerSocket = 1;
  try {
    const { url, close } = await listen(server, address);
    return {
      url,
      watcher: vite.watcher,
      close: async () => void (await Promise.all([vite.close(), close()])),
    };
  } catch (error) {
    await vite.close();
    throw error;
  }
}
