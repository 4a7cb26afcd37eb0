// Runs one consumer: installs, builds and starts it, and looks at the cloud afterwards.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../simulator/serve.ts";
import { chromiumVersion, outcomeOf } from "./browser.ts";
import { assertDetached, createCloud, optionsFor } from "./cloud.ts";
import { type Consumer, Missing, type Outcome, type Page, POLICIES, type Service } from "./consumer.ts";
import { serveOrigin } from "./origin.ts";
import { output, startService } from "./programs.ts";
import { buildOnce, installedVersion, prepareApp } from "./project.ts";

/** For a server that calls the cloud in turn; it takes a second or two. */
const REPLY_TIMEOUT_MS = 30_000;

/** Never rejects. */
export async function runConsumer(consumer: Consumer): Promise<Outcome> {
  const began = performance.now();
  const outcome: Outcome = { consumer, versions: [], state: "ok", reason: "", durationMs: 0 };
  try {
    const folder = await prepareApp(consumer.app, consumer.tools);
    outcome.versions = await Promise.all(consumer.versions.map((name) => versionOf(name, folder)));
    await detachBy(consumer, folder);
  } catch (error) {
    outcome.state = error instanceof Missing ? "missing" : "failed";
    outcome.reason = error instanceof Error ? error.message : String(error);
  }
  return { ...outcome, durationMs: performance.now() - began };
}

/** Rejects where the consumer does not detach its disk. */
async function detachBy(consumer: Consumer, folder: string): Promise<void> {
  const { build, run } = consumer;
  if (build) await buildOnce(folder, build.join(" "), () => output(build, { folder }));
  const cloud = createCloud();
  const told =
    run.kind === "page"
      ? await visit(run, folder, cloud)
      : await withServer(serve(cloud), ({ url }) => {
          const options = optionsFor(url);
          const env = { DETACH_OPTIONS: options, ORIGIN: url };
          if (run.kind === "program") return output(run.command, { folder, env });
          return ask(run, folder, options);
        });
  assertDetached(cloud, told);
}

/** What the page says in Chromium. */
export async function visit(
  run: Page,
  folder: string,
  cloud: ReturnType<typeof createCloud>,
): Promise<string> {
  const { from = ".", script, policy } = run;
  const path = script ? writePage(folder, script) : (run.path ?? "/");
  const show = (pages: string) =>
    withServer(serveOrigin(cloud, { from: pages, policy: POLICIES[policy] }), ({ url }) =>
      outcomeOf(withOptions(new URL(path, url), optionsFor(url))),
    );
  if (typeof from === "string") return show(join(folder, from));
  return withService(from, folder, show);
}

/** What a server answers. */
function ask(run: Service, folder: string, options: string): Promise<string> {
  return withService(run.command, folder, async (url) => {
    const signal = AbortSignal.timeout(REPLY_TIMEOUT_MS);
    const reply = await fetch(withOptions(new URL(run.path, url), options), { signal });
    return reply.text();
  });
}

function withOptions(address: URL, options: string): string {
  address.searchParams.set("options", options);
  return address.href;
}

async function withService<Value>(
  command: Service["command"],
  folder: string,
  use: (url: string) => Promise<Value>,
): Promise<Value> {
  const { url, stop } = await startService(command, { folder });
  return use(url).finally(stop);
}

async function withServer<Server extends { close(): Promise<void> }, Value>(
  starting: Promise<Server>,
  use: (server: Server) => Promise<Value>,
): Promise<Value> {
  const server = await starting;
  return use(server).finally(() => server.close());
}

/** A page for a script, beside it. Its path. */
function writePage(folder: string, { src, isModule }: { src: string; isModule: boolean }): string {
  const kind = isModule ? 'type="module"' : "defer";
  const page = `<!doctype html>\n<meta charset="utf-8">\n<script ${kind} src="/${src}"></script>\n`;
  writeFileSync(join(folder, `${src}.html`), page);
  return `/${src}.html`;
}

async function versionOf(name: string, folder: string): Promise<string> {
  if (name === "Node") return `Node ${process.versions.node}`;
  if (name === "Chromium") return `Chromium ${await chromiumVersion()}`;
  return `${name} ${installedVersion(name, folder)}`;
}
