// Formats Rust, JavaScript and TypeScript.
import { main, npmBin, run } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

await main(() => {
  setUp("node");
  run("cargo", ["fmt", "--all"]);
  run(npmBin("biome"), ["check", "--write"]);
});
