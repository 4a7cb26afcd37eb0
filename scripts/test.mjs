// Runs every test of the project and counts them all.
//
//   node scripts/test.mjs [suite …]      (no argument: every suite)
import { spawnSync } from "node:child_process";
import { main, root, Stop } from "./lib/run.mjs";
import { findSuites } from "./lib/suites.mjs";
import { prepare } from "./prepare.mjs";
import { parts, setUpForTests } from "./setup.mjs";

function runSuite(name) {
  console.log(`\n=== ${name}`);
  const { needs = [], wants = [] } = findSuites()[name];
  setUpForTests(...needs, ...wants);
  const missing = needs.find((part) => !parts[part].has());
  if (missing) {
    console.log(`skipped: ${parts[missing].what} is missing`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const { command, env, count, show } = findSuites()[name];
  const [program, ...args] = command;
  const began = performance.now();
  const result = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env, FORCE_COLOR: "0", NO_COLOR: "1" },
  });
  const output = `${result.stdout}\n${result.stderr}`;
  const isGood = result.status === 0;
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { groups } of output.matchAll(count)) {
    for (const key of Object.keys(total)) total[key] += Number(groups[key] ?? 0);
  }
  // A runner that ends badly without naming a failed test, or without running one, has failed all the same.
  if (!isGood && total.failed === 0) total.failed = 1;
  if (isGood && total.passed === 0) total.failed = 1;
  if (total.failed) console.log(output);
  else if (show) for (const { groups } of output.matchAll(show)) console.log(groups.note);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${name}: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped (${seconds} s)`,
  );
  return total;
}

await main(() => {
  const names = process.argv.slice(2);
  const known = Object.keys(findSuites());
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new Stop(`there is no suite "${unknown}"; there are ${known.join(", ")}`);
  prepare();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names.length ? names : known) {
    const result = runSuite(name);
    for (const key of Object.keys(total)) total[key] += result[key];
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  if (total.failed) process.exitCode = 1;
});
