// Runs every test of the project and counts them all.
//
//   node scripts/test.mjs [suite …]      (no argument: every suite)
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { isKeystoneInstalled } from "../tests/keystone/environment.mjs";
import { filesIn } from "./lib/files.mjs";
import { main, npmBin, root, run, Stop } from "./lib/run.mjs";
import { shellTestCommand } from "./lib/shell-tests.mjs";
import { findChromium, findFirefox, findWebKit, hasNpmPackages } from "./lib/toolchain.mjs";

/** What a runner printed, as numbers. */
const counts = {
  cargo: /test result: \w+\. (?<passed>\d+) passed; (?<failed>\d+) failed; (?<skipped>\d+) ignored/g,
  node: /^# pass (?<passed>\d+)\n# fail (?<failed>\d+)\n# cancelled \d+\n# skipped (?<skipped>\d+)/gm,
  playwright: /^\s+(?:(?<passed>\d+) passed|(?<failed>\d+) failed|(?<skipped>\d+) skipped)\b/gm,
};

/** What these need is what the build needs. */
const LIGHT = ["core", "simulator", "loader", "asm", "package", "release"];

/** What `setup.mjs` may have failed to install: its name, and whether it is there. */
const needed = {
  chromium: { name: "Chromium", isThere: () => findChromium().browser },
  driver: { name: "chromedriver", isThere: () => findChromium().driver },
  sdk: { name: "the vendor's SDK", isThere: () => hasNpmPackages(join(root, "tests/sdk")) },
  compilers: { name: "older TypeScript", isThere: () => hasNpmPackages(join(root, "tests/types/compilers")) },
  recipes: { name: "what the recipes are for", isThere: () => hasNpmPackages(join(root, "tests/recipes")) },
  site: {
    name: "the generator of the documentation site, typedoc or Chromium",
    isThere: () =>
      hasNpmPackages(join(root, "scripts/site")) &&
      needed.compilers.isThere() &&
      needed.chromium.isThere() !== null,
  },
  keystone: { name: "Keystone", isThere: isKeystoneInstalled },
  engine: {
    name: "each of the three browser engines, with its driver,",
    isThere: () =>
      [findChromium(), findFirefox(), findWebKit()].some((programs) =>
        Object.values(programs).every(Boolean),
      ),
  },
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

/** All suites. What they run is looked for anew each time: the set-up may have installed it. */
const findSuites = () => ({
  core: { command: ["cargo", "test", "--no-default-features"], count: counts.cargo },
  shell: { ...shellTestCommand(), count: counts.cargo, needs: needed.driver },
  types: { ...node("types"), needs: needed.compilers },
  simulator: node("simulator"),
  loader: node("loader"),
  asm: withoutWasm(node("loader")),
  messages: node("messages"),
  docs: node("docs"),
  recipes: { ...node("recipes"), needs: needed.recipes },
  gateway: node("gateway"),
  package: node("package"),
  newcomer: node("newcomer"),
  release: node("release"),
  consumers: node("consumers"),
  floor: node("floor"),
  sdk: { ...node("sdk"), needs: needed.sdk },
  keystone: { ...node("keystone"), needs: needed.keystone },
  engines: {
    ...node("engines"),
    needs: needed.engine,
    show: /^\s*(?:# engine: |ok \d+ - .* # SKIP )(?<note>.*)$/gm,
  },
  site: { ...node("site"), needs: needed.site },
  console: {
    command: [npmBin("playwright"), "test", "--config", "tests/console/playwright.config.ts"],
    count: counts.playwright,
    needs: needed.chromium,
  },
});

function runSuite(name, { command, env, count, needs, show }) {
  console.log(`\n=== ${name}`);
  if (needs && !needs.isThere()) {
    if (process.env.CI) throw new Stop(`the suite "${name}" cannot run: ${needs.name} is missing`);
    console.log(`skipped: ${needs.name} is missing`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
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
  const isLight = names.length > 0 && names.every((name) => LIGHT.includes(name));
  run("node", ["scripts/setup.mjs", isLight ? "build" : "test"]);
  run("node", ["scripts/build.mjs"]);
  const total = { passed: 0, failed: 0, skipped: 0 };
  const suites = findSuites();
  for (const name of names.length ? names : known) {
    const result = runSuite(name, suites[name]);
    for (const key of Object.keys(total)) total[key] += result[key];
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  if (total.failed) process.exitCode = 1;
});
