// Runs every consumer of the packed package and writes the table of docs/consumers.md.
//
//   node scripts/consumers.mjs [word …]      (only consumers whose names hold a word; the table stays as it is)
import { main, run } from "./lib/run.mjs";

await main(() => {
  run("node", ["scripts/setup.mjs", "consumers"]);
  run("node", ["scripts/build.mjs"]);
  run("node", ["--import", "tsx", "tests/consumers/main.ts", ...process.argv.slice(2)]);
});
