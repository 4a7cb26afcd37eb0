// One origin for the pages: their files, the installed package, and the simulated cloud.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { build } from "esbuild";
import { ConnectionLost, createSimulator } from "../simulator/index.ts";
import { listen, type RunningServer } from "../simulator/listen.ts";
import { cutOff, isCut } from "./cut.ts";
import { watch } from "./pending.ts";

const PAGE = fileURLToPath(new URL("page/page.ts", import.meta.url));
const STRICT = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
const WITHOUT_WASM = "default-src 'self'; script-src 'self'";
/** Over when a call that lost a reply looks at the disk for the third time: see `OFTEN` in page/tools.ts. */
const JOB_MS = 50;
const KEEP_MS = 600_000;

const html = (title: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">` +
  '<script type="module" src="/page.js"></script></html>';

/** @param folder The project that the package is installed in. */
export async function serveOrigin(folder: string): Promise<RunningServer> {
  const simulator = createSimulator({ jobDurationMs: JOB_MS });
  const cloud = watch(simulator);
  const files = await readFiles(folder);

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const file = files[pathname];
    if (file) return new Response(file.body, { headers: file.headers });
    const [, awaited] = /^\/_deletes\/(pending|none)$/.exec(pathname) ?? [];
    return awaited ? cloud.answerWhen(awaited === "pending") : cloud.handle(request);
  }

  const listener = getRequestListener(
    (request, { incoming }) =>
      answer(request).catch((error) => {
        // A lost connection is asked for, and a page may hang up.
        if (!(error instanceof ConnectionLost || request.signal.aborted)) console.error(error);
        incoming.socket.destroy();
        return new Response(null);
      }),
    { overrideGlobalObjects: false },
  );
  // A connection ends when a case wants it, and not because it was idle.
  const server = createServer({ keepAliveTimeout: KEEP_MS }, (incoming, outgoing) =>
    isCut(incoming.url ?? "") ? cutOff(simulator, incoming, outgoing) : listener(incoming, outgoing),
  );
  return listen(server, {});
}

/** What the pages load, by path. */
async function readFiles(folder: string): Promise<Record<string, { body: string; headers: HeadersInit }>> {
  const { outputFiles } = await build({ entryPoints: [PAGE], bundle: true, format: "esm", write: false });
  const installed = (name: string) =>
    readFileSync(join(folder, "node_modules/ecs-detach-volume", name), "utf8");
  const script = { "Content-Type": "text/javascript", "Cache-Control": "no-store" };
  const page = (policy: string) => ({ "Content-Type": "text/html", "Content-Security-Policy": policy });
  return {
    "/": { body: html("engines"), headers: page(STRICT) },
    "/without-wasm": { body: html("engines, without WebAssembly"), headers: page(WITHOUT_WASM) },
    "/page.js": { body: outputFiles[0]?.text ?? "", headers: script },
    ...Object.fromEntries(
      ["index.js", "auto/index.js", "asm-module.js"].map((name) => [
        `/package/${name}`,
        { body: installed(name), headers: script },
      ]),
    ),
  };
}
