// Fuzzes the core with libFuzzer: each target of fuzz/ for a while, beginning with the replies of tests/fixtures.
//
//   npm run report -- fuzz [--seconds N]      (for each target; 20 unless told)
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { seeds } from "../../fuzz/seeds.mjs";
import { readArguments } from "../lib/arguments.mjs";
import { capture, root, run as runProgram, Stop } from "../lib/run.mjs";
import { findTool } from "../lib/toolchain.mjs";
import { setUp } from "../setup.mjs";

export const about = "fuzzes replies, options and endpoints, 20 s each unless told; needs a nightly Rust";
export const takes = "[--seconds N]";
export const writes = "fuzz/corpus";
export const isBuilt = false;

// Instrumentation for memory errors would only slow it down: the core has no unsafe code.
const flags = ["--sanitizer", "none"];

/** Writes the seeds beside what earlier runs found worth keeping. */
function writeSeeds(target) {
  const folder = join(root, "fuzz/corpus", target);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(seeds[target]()))
    writeFileSync(join(folder, `seed-${name}`), text);
}

function findNightly() {
  const toolchains = capture("rustup", ["toolchain", "list"]) ?? "";
  return /^nightly\S*/m.exec(toolchains)?.[0] ?? null;
}

/** Fuzzes one target and says what came of it; how to see a failure again, or `null`. */
function fuzz(target, seconds, cargoFuzz, env) {
  const limits = [`-max_total_time=${seconds}`, "-timeout=10", "-print_final_stats=1"];
  const result = spawnSync(cargoFuzz, ["run", ...flags, target, "--", ...limits], {
    cwd: root,
    encoding: "utf8",
    env,
    maxBuffer: 2 ** 28,
  });
  if (result.error) throw new Stop(`cannot run cargo-fuzz: ${result.error.message}`);
  const last = (pattern) => [...result.stderr.matchAll(pattern)].at(-1)?.[1] ?? "?";
  const executions = last(/^stat::number_of_executed_units:\s*(\d+)/gm);
  console.log(`fuzz: ${target}: ${executions} executions, ${last(/ cov: (\d+) /g)} edges covered`);
  if (result.status === 0) return null;

  const artifact = last(/Test unit written to (\S+)/g);
  if (artifact === "?") throw new Stop(`${result.stderr.slice(-4000)}\n${target} could not be fuzzed`);
  const panic = /^.*panicked at[\s\S]*?(?=^stack backtrace|^==\d+==|^note:)/m.exec(result.stderr)?.[0];
  console.error(panic?.trim() ?? result.stderr.slice(-2000));
  const path = relative(root, artifact.startsWith("/") ? artifact : join(root, "fuzz", artifact));
  const again = [relative(root, cargoFuzz), "run", ...flags, target, path].join(" ");
  return `${target} failed with ${path}; to see it again:\n  RUSTUP_TOOLCHAIN=${env.RUSTUP_TOOLCHAIN} ${again}`;
}

function secondsOf(args) {
  const { seconds } = readArguments({ seconds: { type: "string", default: "20" } }, args);
  if (/^[1-9]\d*$/.test(seconds)) return seconds;
  throw new Stop(`--seconds must be a whole number, got ${seconds}`);
}

export function run(args) {
  const seconds = secondsOf(args);
  const nightly = findNightly();
  if (!nightly) {
    const text =
      "fuzzing needs a nightly Rust toolchain: `rustup toolchain install nightly --profile minimal`";
    if (process.env.CI) throw new Stop(text);
    console.log(`fuzz: skipped; ${text}`);
    return;
  }
  setUp("cargo-fuzz");
  const cargoFuzz = findTool("cargo-fuzz");
  const env = { ...process.env, RUSTUP_TOOLCHAIN: nightly };
  runProgram(cargoFuzz, ["build", ...flags], { env });
  const failures = [];
  for (const target of Object.keys(seeds)) {
    writeSeeds(target);
    const failure = fuzz(target, seconds, cargoFuzz, env);
    if (failure) failures.push(failure);
  }
  if (failures.length) throw new Stop(failures.join("\n"));
}
