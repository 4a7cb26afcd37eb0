// The suites of `npm test`.
import { filesIn } from "./files.mjs";
import { npmBin } from "./run.mjs";
import { shellTestCommand } from "./shell-tests.mjs";

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
 * `needs` are the parts of the set-up without which a suite is skipped; of `wants`, single tests are. `isOfTarball`: it uses
 * the package as npm packs it.
 */
export const findSuites = () => ({
  core: { command: ["cargo", "test", "--no-default-features"], count: counts.cargo },
  shell: { ...shellTestCommand(), count: counts.cargo, needs: ["test-runner", "chromium"] },
  types: { ...node("types"), needs: ["compilers"], isOfTarball: true },
  simulator: node("simulator"),
  loader: node("loader"),
  asm: withoutWasm(node("loader")),
  messages: node("messages"),
  docs: { ...node("docs"), wants: ["nginx"] },
  recipes: { ...node("recipes"), needs: ["recipes"], wants: ["chromium"] },
  gateway: { ...node("gateway"), wants: ["nginx"] },
  package: { ...node("package"), isOfTarball: true },
  start: { ...node("start"), wants: ["chromium"] },
  newcomer: { ...node("newcomer"), wants: ["chromium"], isOfTarball: true },
  release: { ...node("release"), needs: ["zizmor"] },
  consumers: { ...node("consumers"), wants: ["chromium"], isOfTarball: true },
  floor: { ...node("floor"), isOfTarball: true },
  bench: node("bench"),
  sdk: { ...node("sdk"), needs: ["sdk"] },
  keystone: { ...node("keystone"), needs: ["keystone"] },
  engines: {
    ...node("engines"),
    wants: ["chromium", "firefox", "geckodriver", "webkit"],
    isOfTarball: true,
    show: /^\s*(?:# engine: |ok \d+ - .* # SKIP )(?<note>.*)$/gm,
  },
  site: { ...node("site"), needs: ["site", "compilers", "chromium"] },
  console: {
    command: [npmBin("playwright"), "test", "--config", "tests/console/playwright.config.ts"],
    count: counts.playwright,
    needs: ["chromium", "font"],
    isOfTarball: true,
  },
});
