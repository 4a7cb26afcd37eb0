// One visit: a page with one entry of the installed package, in one browser, and a simulated cloud behind it.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import { build } from "esbuild";
import { ConnectionLost, createSimulator } from "../simulator/index.ts";
import { listen } from "../simulator/listen.ts";
import { type OldBrowser, withPage } from "./browsers.ts";
import type { Result } from "./page/page.ts";

export type { Result };

/** It takes a second or two. */
const TIMEOUT_MS = 60_000;
const JOB_MS = 20;

export interface Visit {
  /** The file of the package. */
  entry: string;
  /** The Content-Security-Policy of the page. */
  policy?: string;
}

export interface Seen {
  results: Result[];
  /** The files of the package that the page has loaded. */
  loaded: string[];
}

let script: Promise<string> | undefined;

/** The page's own script. The package is not bundled: it must run as it is. */
function pageScript(): Promise<string> {
  script ??= build({
    entryPoints: [join(import.meta.dirname, "page/page.ts")],
    bundle: true,
    format: "esm",
    target: "chrome80",
    write: false,
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? "");
  return script;
}

/** What came of the visit. */
export async function visit(browser: OldBrowser, folder: string, { entry, policy }: Visit): Promise<Seen> {
  const cloud = createSimulator({ jobDurationMs: JOB_MS });
  const loaded: string[] = [];
  const page = await pageScript();
  let report: (results: Result[]) => void = () => undefined;
  const reported = new Promise<Result[]>((resolve) => {
    report = resolve;
  });

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/") return html(policy);
    if (pathname === "/page.js") return javascript(page);
    if (pathname === "/_report") {
      report(await request.json());
      return new Response();
    }
    const [, file] = /^\/package\/([\w/-]+\.js)$/.exec(pathname) ?? [];
    if (!file) return cloud.handle(request);
    loaded.push(file);
    return javascript(readFileSync(join(folder, "node_modules/ecs-detach-volume", file), "utf8"));
  }

  const listener = getRequestListener(
    (request, { incoming }) =>
      answer(request).catch((error) => {
        if (!(error instanceof ConnectionLost || request.signal.aborted)) console.error(error);
        incoming.socket.destroy();
        return new Response(null);
      }),
    { overrideGlobalObjects: false },
  );
  const server = await listen(createServer(listener), {});
  const late = timeOut(TIMEOUT_MS, "the page did not report");
  try {
    const url = `${server.url}/?entry=${entry}`;
    const results = await withPage(browser, url, Promise.race([reported, late.promise]));
    return { results, loaded };
  } finally {
    late.clear();
    await server.close();
  }
}

function timeOut(ms: number, message: string): { promise: Promise<never>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), ms);
  });
  return { promise, clear: () => clearTimeout(timer) };
}

function html(policy?: string): Response {
  const body =
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>floor</title><link rel="icon" href="data:,">' +
    '<script type="module" src="/page.js"></script></html>';
  const headers = { "Content-Type": "text/html", ...(policy && { "Content-Security-Policy": policy }) };
  return new Response(body, { headers });
}

function javascript(body: string): Response {
  return new Response(body, { headers: { "Content-Type": "text/javascript" } });
}
