// Serves the simulated cloud alone: node scripts/sim.mjs [--port N].
import { readPort } from "./lib/arguments.mjs";
import { onEnd } from "./lib/ending.mjs";
import { main } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

await main(async () => {
  const port = readPort("8787");
  setUp("node");
  onEnd(() => process.exit());
  // Loaded late: the set-up may just have installed what it needs.
  const { register } = await import("tsx/esm/api");
  register();
  const { runSimulator } = await import("../tests/simulator/main.ts");
  await runSimulator(port);
});
