// The main job: builds what is missing and serves the demo console, with the simulator behind it, until it is told to
// end. A change of the sources is in the page some seconds later.
//
//   node scripts/start.mjs [--port 4173]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { readPort } from "./lib/arguments.mjs";
import { onEnd } from "./lib/ending.mjs";
import { main, root, Stop } from "./lib/run.mjs";
import { hashInputs, isCurrent } from "./lib/stamp.mjs";

const BUILD = ["scripts/build.mjs", "--page"];

/** What is done, in words, and the scripts that do it. */
const STEPS = [
  ["npm packages", ["scripts/setup.mjs", "node"]],
  ["the sources of Rust's standard library", ["scripts/setup.mjs", "rust"]],
  ["wasm-bindgen (half a minute the first time)", ["scripts/setup.mjs", "bindgen"]],
  ["compiling the standard library and the core (about a minute the first time)", BUILD],
  ["serving the console", null],
];

/** The step that is running. In a group of its own, so that all that it has started can be ended with it. */
let running = null;
/** Once it serves. */
let server = null;

async function runStep(args) {
  running = spawn(process.execPath, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  const [code] = await once(running, "exit");
  running = null;
  if (code !== 0) throw new Stop(`${args.join(" ")} has failed; see above`);
}

/** Leaves nothing behind: no step that runs, no port that is taken. */
async function end(signal) {
  if (running) process.kill(-running.pid, signal);
  await server?.close();
  process.exit(server ? 0 : 1);
}

/** Builds anew after each change of what the package is made of. The page notices by itself. */
function buildOnChange(watcher) {
  let isWanted = false;
  const build = async () => {
    isWanted = true;
    if (running) return;
    while (isWanted) {
      isWanted = false;
      // A file that was saved as it was.
      if (isCurrent(hashInputs(), true)) continue;
      const began = performance.now();
      await runStep(BUILD).then(
        () => console.log(`Built after a change (${((performance.now() - began) / 1000).toFixed(1)} s)`),
        () => console.log("The page stays as it was."),
      );
    }
  };
  watcher.add([join(root, "src"), join(root, "pkg/loader")]);
  watcher.on("all", (_, path) => {
    if (/[\\/](?:src|pkg[\\/]loader)[\\/]/.test(path.slice(root.length))) build();
  });
}

async function serve(port) {
  // Loaded late: the first step may just have installed what it needs.
  const { register } = await import("tsx/esm/api");
  register();
  const { serveSources } = await import("../www/dev.ts");
  const { createSimulator } = await import("../tests/simulator/index.ts");
  const { runAsProgram } = await import("../tests/simulator/listen.ts");
  await runAsProgram(
    port,
    async (free) => {
      server = await serveSources({ port: free, simulator: createSimulator() });
      buildOnChange(server.watcher);
      return server;
    },
    (url) => console.log(`\nDemo console    ${url}\n\nIt shows what you change. Press Ctrl+C to stop`),
  );
}

await main(async () => {
  const port = readPort("4173");
  onEnd(end);
  for (const [index, [what, args]] of STEPS.entries()) {
    console.log(`step ${index + 1} of ${STEPS.length}: ${what}`);
    await (args ? runStep(args) : serve(port));
  }
});
