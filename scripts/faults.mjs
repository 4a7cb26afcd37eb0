// Writes the tables of docs/faults.md: runs the tests that check them, and keeps what they see.
import { main, root, run } from "./lib/run.mjs";

await main(() => {
  run("node", ["scripts/setup.mjs", "test"]);
  run("node", ["scripts/build.mjs"]);
  // With CI set, a missing nginx is a failure: half of the tables would stay as they are.
  const env = { ...process.env, CI: "1", FAULTS: "write" };
  run("node", ["--import", "tsx", "--test", "tests/gateway/table.test.ts"], { cwd: root, env });
});
