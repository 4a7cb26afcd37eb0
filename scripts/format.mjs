// Formats Rust, JavaScript and TypeScript.
import { readArguments } from "./lib/arguments.mjs";
import { main, npmBin, run } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

await main(() => {
  readArguments();
  setUp("node", "rust-tools");
  for (const manifest of ["Cargo.toml", "fuzz/Cargo.toml"])
    run("cargo", ["fmt", "--manifest-path", manifest, "--all"]);
  run(npmBin("biome"), ["check", "--write"]);
});
