// Serves the simulated cloud alone: node scripts/sim.mjs [--port N].
import { main, run } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

await main(() => {
  setUp("node");
  run("node", ["--import", "tsx", "tests/simulator/main.ts", ...process.argv.slice(2)]);
});
