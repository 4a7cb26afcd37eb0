// Runs every test of the project and counts them all.
//
//   node scripts/test.mjs [suite …]      (no argument: every suite)
import { spawnSync } from "node:child_process";
import { filesIn } from "./lib/files.mjs";
import { main, npmBin, root, Stop } from "./lib/run.mjs";
import { shellTestCommand } from "./lib/shell-tests.mjs";
import { prepare } from "./prepare.mjs";
import { parts, setUpForTests } from "./setup.mjs";

/** What a runner printed, as numbers. */
const counts = {
  cargo: /test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<skipped>\d+) ignored/g,
  node: /^# pass (?<passed>\d+)\n# fail (?<failed>\d+)\n# cancelled \d+\n# skipped (?<skipped>\d+)/gm,
  playwright: /^\s+(?:(?<passed>\d+) passed|(?<failed>\d+) failed|(?<skipped>\d+) skipped)\b/gm,
};

const node = (folder) => ({
  command: [
    "node",
    "--import",
    "tsx",
    "--test",
    "--test-reporter=tap",
    ...filesIn(`tests/${folder}`, ".test.ts"),
  ],
  count: counts.node,
});

/** The loader's tests with the other entry, but for those of loading a module. */
function withoutWasm({ command, count }) {
  const [program, ...args] = command.filter((arg) => !arg.endsWith("load.test.ts"));
  return { command: [program, "--import", "./tests/loader/without-wasm.mjs", ...args], count };
}

/**
 * All suites. What they run is looked for anew each time: the set-up may have installed it.
 *
 * `needs` are the parts of the set-up without which a suite is skipped; of `wants`, single tests are.
 */
const findSuites = () => ({
  core: { command: ["cargo", "test", "--no-default-features"], count: counts.cargo },
  shell: { ...shellTestCommand(), count: counts.cargo, needs: ["test-runner", "chromium"] },
  types: { ...node("types"), needs: ["compilers"] },
  simulator: node("simulator"),
  loader: node("loader"),
  asm: withoutWasm(node("loader")),
  messages: node("messages"),
  docs: { ...node("docs"), wants: ["nginx"] },
  recipes: { ...node("recipes"), needs: ["recipes"], wants: ["chromium"] },
  gateway: { ...node("gateway"), wants: ["nginx"] },
  package: node("package"),
  start: { ...node("start"), wants: ["chromium"] },
  newcomer: { ...node("newcomer"), wants: ["chromium"] },
  release: { ...node("release"), needs: ["zizmor"] },
  consumers: { ...node("consumers"), wants: ["chromium"] },
  floor: node("floor"),
  bench: node("bench"),
  sdk: { ...node("sdk"), needs: ["sdk"] },
  keystone: { ...node("keystone"), needs: ["keystone"] },
  engines: {
    ...node("engines"),
    wants: ["chromium", "firefox", "geckodriver", "webkit"],
    show: /^\s*(?:# engine: |ok \d+ - .* # SKIP )(?<note>.*)$/gm,
  },
  site: { ...node("site"), needs: ["site", "compilers", "chromium"] },
  console: {
    command: [npmBin("playwright"), "test", "--config", "tests/console/playwright.config.ts"],
    count: counts.playwright,
    needs: ["chromium", "font"],
  },
});

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
