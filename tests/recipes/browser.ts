// A console in Chromium: a page with a script of its own, and behind its proxy a simulated cloud.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type BrowserContext, chromium } from "@playwright/test";
import type { cloud } from "ecs-detach-volume/testing";
import { build } from "esbuild";
import { findChromium } from "../../scripts/lib/toolchain.mjs";

type Cloud = ReturnType<typeof cloud>;

/** For tests that need Chromium. A loaded machine takes its time to start it. */
export const IN_BROWSER = {
  skip: !findChromium().browser && !process.env.CI && "there is no Chromium",
  timeout: 120_000,
};

export interface Console {
  origin: string;
  /** One profile: its tabs share storage and locks. */
  context: BrowserContext;
}

/**
 * Runs `body` with a browser on a page that loads `script`, which is bundled first, with imports relative to this folder.
 * Other entries are served as `/name.js`.
 */
export async function inConsole(
  myCloud: Cloud,
  scripts: Record<string, string>,
  body: (console: Console) => Promise<void>,
): Promise<void> {
  const files = await bundle(scripts);
  const server = createServer((request, response) => {
    const url = request.url ?? "/";
    if (url.startsWith("/api/ecs/")) return void answer(myCloud, request, response);
    const script = files.get(url);
    response.setHeader("content-type", script === undefined ? "text/html" : "text/javascript");
    const page = '<!doctype html><title>Console</title><body><script type="module" src="/page.js"></script>';
    response.end(script ?? (url === "/" ? page : "<!doctype html><title>Elsewhere</title>"));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const browser = await chromium.launch({
    executablePath: findChromium().browser ?? "",
    args: ["--no-sandbox", "--disable-gpu"],
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
  try {
    const { port } = server.address() as AddressInfo;
    await body({ origin: `http://127.0.0.1:${port}`, context: await browser.newContext() });
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** A cloud answers a request, or breaks its connection. */
async function answer(
  myCloud: Cloud,
  { method = "GET", url = "", headers }: IncomingMessage,
  to: ServerResponse,
) {
  const lines = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  try {
    const reply = await myCloud(`http://localhost${url}`, { method, headers: lines, redirect: "manual" });
    to.writeHead(reply.status, Object.fromEntries(reply.headers));
    to.end(Buffer.from(await reply.arrayBuffer()));
  } catch {
    to.destroy();
  }
}

async function bundle(scripts: Record<string, string>): Promise<Map<string, string>> {
  const files = Object.entries(scripts).map(async ([name, contents]) => {
    const stdin = { contents, resolveDir: import.meta.dirname, loader: "ts" } as const;
    const options = {
      bundle: true,
      format: "esm",
      write: false,
      absWorkingDir: import.meta.dirname,
    } as const;
    const { outputFiles } = await build({ ...options, stdin });
    return [join("/", `${name}.js`), outputFiles[0]?.text ?? ""] as const;
  });
  return new Map(await Promise.all(files));
}
