// The main job: builds what is missing and serves the demo console, with the simulator behind it.
import { main, npmBin, run } from "./lib/run.mjs";

await main(() => {
  run("node", ["scripts/setup.mjs", "build"]);
  run("node", ["scripts/build.mjs"]);
  run(npmBin("vite"), ["build", "www", "--logLevel", "warn"]);
  run("node", ["--import", "tsx", "www/serve.ts", ...process.argv.slice(2)]);
});
