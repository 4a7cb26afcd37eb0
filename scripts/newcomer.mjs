// Walks the README's path, from an empty Vite project to a disk that is detached, in Chromium.
import { main, root, run } from "./lib/run.mjs";

await main(() => {
  run("node", ["scripts/setup.mjs", "consumers"]);
  run("node", ["scripts/build.mjs"]);
  // With CI set, a missing Chromium is a failure.
  const env = { ...process.env, CI: "1" };
  run("node", ["--import", "tsx", "--test", "tests/newcomer/newcomer.test.ts"], { cwd: root, env });
});
