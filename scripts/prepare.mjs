// Builds the package, with all that a build needs.
import { isProgram, main, run } from "./lib/run.mjs";
import { BUILD, setUp } from "./setup.mjs";

/** Before whatever uses the built package; `parts` are those of the set-up that it needs besides. */
export function prepare(...parts) {
  setUp(...BUILD, ...parts);
  run("node", ["scripts/build.mjs"]);
}

if (isProgram(import.meta.url))
  await main(() => {
    setUp(...BUILD);
    run("node", ["scripts/build.mjs", ...process.argv.slice(2)]);
  });
