// Fuzzes the core with libFuzzer: each target of fuzz/ for a while, beginning with the replies of tests/fixtures.
//
//   npm run report -- fuzz [--seconds N]      (for each target; 20 unless told)
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { filesIn } from "../lib/files.mjs";
import { capture, root, run as runProgram, Stop } from "../lib/run.mjs";
import { findTool } from "../lib/toolchain.mjs";
import { setUp } from "../setup.mjs";

export const about = "fuzzes replies, options and endpoints, 20 s each; needs a nightly Rust";
export const writes = "fuzz/corpus";
export const isBuilt = false;

// Instrumentation for memory errors would only slow it down: the core has no unsafe code.
const flags = ["--sanitizer", "none"];

const host = "https://ecs.example.com";
const ids = { projectId: "77b6a44cba5143ab", serverId: "4d8c3732-a248-40ed", volumeId: "70a599e0-31e7-49b7" };

const endpoints = {
  https: "https://ecs.cn-north-4.myhuaweicloud.com/",
  "upper-case": "HTTPS://ECS.Example.COM:443/a/b/",
  underscore: "https://my_proxy:8443",
  "root-path": "/",
  path: "/api/ecs",
  "path-characters": "/a!$&()*+,;=:~-._/...",
  localhost: "http://app.localhost:8080/ecs",
  ipv4: "http://127.0.0.1:80",
  "ipv4-like": "http://127.0.0.1.example.com",
  "ipv4-short": "https://127.1",
  "ipv4-hex": "https://a.0x7f",
  ipv6: "http://[::1]:3000/",
  "other-origin": "//other.example/x",
  "user-info": "https://user:pw@host",
  query: "https://host/?a=1#b",
  "relative-path": "/../%2e%2e/\\x",
};

const options = {
  plain: { endpoint: "/api/ecs", ...ids },
  full: {
    endpoint: `${host}:8443/base/`,
    ...ids,
    force: true,
    auth: { token: "MIIabc123" },
    headers: { "X-Csrf": "abc def", Accept: "application/json" },
    credentials: "include",
    language: "zh-cn",
    attemptTimeoutMs: 1000,
    timeoutMs: 5000,
    retry: { maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 1000 },
  },
  "retry-off": { endpoint: host, ...ids, force: false, retry: false, language: "en-us" },
  "headers-reserved": {
    endpoint: "/",
    ...ids,
    headers: { "x-auth-token": "a", "sec-a": "b", "proxy-a": "c" },
  },
  "headers-twice": { endpoint: "/", ...ids, headers: { "X-A": "a", "x-a": "b" } },
  "wire-name": { endpoint: "/", ...ids, delete_flag: "1" },
  "relative-id": { endpoint: "/", ...ids, volumeId: ".." },
  "wrong-types": { endpoint: 1, ...ids, auth: ["a function"], headers: null },
};

/** A reply as the target `reply` reads it. */
function replyOf({ status, headers = {}, body = "", end = "complete" }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${[`${status} ${end}`, ...lines].join("\n")}\n\n${body}`;
}

function replies() {
  const fixtures = filesIn("tests/fixtures/wire", ".json").map((file) => [
    basename(file, ".json"),
    JSON.parse(readFileSync(join(root, file), "utf8")),
  ]);
  const nested = (depth) => "[".repeat(depth) + "]".repeat(depth);
  const dates = { date: "Thu, 31 Dec 2026 23:59:58 GMT", "retry-after": "Fri, 01 Jan 2027 00:00:03 GMT" };
  const more = {
    "nested-64": { status: 200, body: nested(64) },
    "nested-65": { status: 200, body: nested(65) },
    escapes: {
      status: 200,
      body: '{"\\ud83d\\ude00\\ud83d":["\\u00e9\\n\\"\\\\\\/",-1.5e+3,0,1E9,true,null]}',
    },
    "retry-after-seconds": { status: 429, headers: { "retry-after": "7" } },
    "retry-after-date": { status: 429, headers: dates },
    "retry-after-beyond-2136": {
      status: 429,
      headers: { ...dates, "retry-after": "Mon, 07 Feb 2163 06:28:19 GMT" },
    },
  };
  return Object.fromEntries([...fixtures, ...Object.entries(more)].map(([name, r]) => [name, replyOf(r)]));
}

const seeds = {
  reply: replies,
  options: () => Object.fromEntries(Object.entries(options).map(([name, o]) => [name, JSON.stringify(o)])),
  endpoint: () => endpoints,
};

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
  if (args.length === 0) return "20";
  const [name, seconds = ""] = args;
  if (args.length === 2 && name === "--seconds" && /^[1-9]\d*$/.test(seconds)) return seconds;
  throw new Stop("fuzz takes nothing but --seconds N, with a whole number");
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
