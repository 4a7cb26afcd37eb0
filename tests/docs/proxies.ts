// Starts the proxies of the documents, as they are written there, in front of a given address.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { TestContext } from "node:test";
import { freePort } from "../simulator/listen.ts";
import { PLACES, README, recipe, temporaryFolder } from "./documents.ts";

export interface ProxyOptions {
  /** The address of the API, without a path. */
  upstream: string;
  /** What the user who is logged in may call the API with; `undefined` where nobody is. */
  token: string | undefined;
  /** A change to the recipe, to see what it is good for. */
  change?: (recipe: string) => string;
  /** For nginx: directives that stand outside the recipe's server block. */
  http?: string;
}

/** Gives the URL of the base path. The proxy ends with the test. */
export type StartProxy = (t: TestContext, options: ProxyOptions) => Promise<string>;

const NGINX = ["nginx", "/usr/sbin/nginx"].find((path) => spawnSync(path, ["-v"]).status === 0);

/** Why the nginx recipe cannot be tested here, if it cannot. */
export const nginxIsMissing = NGINX || process.env.CI ? false : "nginx is not installed";

export const startNginx: StartProxy = async (t, { upstream, token, change = (text) => text, http = "" }) => {
  if (!NGINX) throw new Error("nginx is not installed");
  const session = await startSession(t, token);
  const locations = change(recipe(PLACES.proxies, "nginx"))
    .replaceAll("$" + "{ECS_ENDPOINT}", "http://api")
    .replaceAll("$" + "{SESSION_URL}", session);
  // One free port after the other, because somebody else may take it first.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const config = join(temporaryFolder(t), "nginx.conf");
    writeFileSync(config, nginxConfig({ locations, http, upstream: new URL(upstream).host, port }));
    const child = spawn(NGINX, ["-p", join(config, ".."), "-e", "stderr", "-c", config], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    endWith(t, child);
    try {
      await firstLine(child, child.stderr, /event method/);
      return `http://127.0.0.1:${port}/api/ecs`;
    } catch (error) {
      if (attempt === 5 || !/Address already in use/.test(String(error))) throw error;
    }
  }
};

export const startExpress: StartProxy = (t, options) => startScript(t, recipe(PLACES.proxies, "js"), options);

/** The one to start with, at a free port in place of its own. */
export const startSmallProxy: StartProxy = async (t, options) => {
  const script = recipe(README, "js");
  const listening = script.replace(
    'app.listen(8080, "127.0.0.1");',
    `const server = app.listen(0, "127.0.0.1", () => {
      console.log(\`http://127.0.0.1:\${server.address().port}/api/ecs\`);
    });`,
  );
  if (listening === script) throw new Error("the proxy to start with listens elsewhere");
  return startScript(t, listening, options);
};

async function startScript(
  t: TestContext,
  script: string,
  { upstream, token, change = (text) => text }: ProxyOptions,
): Promise<string> {
  const file = join(temporaryFolder(t), "proxy.mjs");
  writeFileSync(file, change(script));
  const env = { PORT: "0", ECS_ENDPOINT: upstream, ...(token === undefined ? {} : { ECS_TOKEN: token }) };
  const child = spawn(process.execPath, [file], { env, stdio: ["ignore", "pipe", "inherit"] });
  endWith(t, child);
  return firstLine(child, child.stdout, /^http:/);
}

/** The API has two addresses here, as large services do; both lead to the same simulator. */
function nginxConfig(parts: { locations: string; http: string; upstream: string; port: number }): string {
  const { locations, http, upstream, port } = parts;
  const kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const folders = kinds.map((kind) => `${kind}_temp_path ${kind};`).join(" ");
  return `daemon off;
master_process off;
pid nginx.pid;
error_log stderr notice;
events {}
http {
  access_log off;
  ${folders}
  ${http}
  upstream api { server ${upstream} max_fails=0; server ${upstream} max_fails=0; }
  server {
    listen 127.0.0.1:${port};
    ${locations}
  }
}
`;
}

/** The login service of the nginx recipe. */
async function startSession(t: TestContext, token: string | undefined): Promise<string> {
  const server = createServer((_, response) => {
    if (token !== undefined) response.setHeader("X-Auth-Token", token);
    response.writeHead(token === undefined ? 401 : 200).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** The first line of output that matches. Rejects with all output where the process ends before it. */
async function firstLine(child: ChildProcess, output: Readable, wanted: RegExp): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: output })) {
    lines.push(line);
    if (wanted.test(line)) {
      // What nobody reads would fill the pipe and stop the process.
      output.resume();
      return line;
    }
  }
  throw new Error(`${child.spawnfile} ended: ${lines.join("\n")}`);
}

function endWith(t: TestContext, child: ChildProcess): void {
  // Also where the tests are interrupted.
  const end = () => child.kill();
  process.once("exit", end);
  t.after(async () => {
    process.off("exit", end);
    if (child.exitCode !== null || child.signalCode !== null) return;
    end();
    await once(child, "exit");
  });
}
