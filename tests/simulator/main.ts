import { parseArgs } from "node:util";
import { createSimulator, DISK_IDS, PROJECT_ID, SERVER_IDS, TOKEN } from "./index.ts";
import { type RunningServer, serve } from "./serve.ts";

const DEFAULT_PORT = "8787";

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: "string", default: DEFAULT_PORT } } });
  const server = await listen(readPort(values.port));
  announce(server.url);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => server.close());
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw new Error(`--port must be 0 to 65535, got ${text}`);
}

async function listen(port: number): Promise<RunningServer> {
  const sim = createSimulator();
  try {
    return await serve(sim, { port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    console.log(`Port ${port} is taken, so here is another.`);
    return serve(sim);
  }
}

function announce(url: string): void {
  const path = `/v1/${PROJECT_ID}/cloudservers/${SERVER_IDS.web}/detachvolume/${DISK_IDS.webData}`;
  console.log(`
ECS simulator   ${url}
Project id      ${PROJECT_ID}
Token           ${TOKEN}

Detach a disk:  curl -i -X DELETE -H 'X-Auth-Token: ${TOKEN}' '${url}${path}?delete_flag=0'
Start afresh:   curl -X POST ${url}/_sim/reset
Stop:           Ctrl+C
`);
}
