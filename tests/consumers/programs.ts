// Running the programs of consumers, with all that these start in turn.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../../scripts/lib/run.mjs";
import { findChromium } from "../../scripts/lib/toolchain.mjs";
import type { Command } from "./consumer.ts";

/** The slowest, a build of Next.js, takes a quarter of it. */
const TIMEOUT_MS = 240_000;
const URL_OF_SERVER = /http:\/\/(?:localhost|127\.0\.0\.1):[1-9]\d*/;
const CACHE = join(root, "target/consumers/.cache");
/** No colours, no questions, no reports to anybody, and nothing kept outside of the project. */
const QUIET = {
  NO_COLOR: "1",
  CI: "1",
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  NG_CLI_ANALYTICS: "false",
  STORYBOOK_DISABLE_TELEMETRY: "1",
  WRANGLER_SEND_METRICS: "false",
  DENO_NO_UPDATE_CHECK: "1",
  DENO_DIR: join(CACHE, "deno"),
  XDG_CONFIG_HOME: CACHE,
};

const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach(endGroup));

export interface Surroundings {
  /** The folder in which it runs. */
  folder: string;
  /** Further environment variables. */
  env?: Record<string, string>;
}

export interface RunningService {
  url: string;
  stop(): Promise<void>;
}

/** What a program prints. Rejects with that where it fails. */
export async function output(command: Command, surroundings: Surroundings): Promise<string> {
  const program = start(command, surroundings);
  const limit = setTimeout(program.stop, TIMEOUT_MS);
  const code = await program.ended.finally(() => clearTimeout(limit));
  if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${program.printed()}`);
  return program.printed();
}

/** Starts a server and waits until it says where it is. */
export async function startService(command: Command, surroundings: Surroundings): Promise<RunningService> {
  const program = start(command, surroundings);
  const limit = setTimeout(program.stop, TIMEOUT_MS);
  const url = await new Promise<string>((resolve, reject) => {
    program.onText(() => {
      const found = URL_OF_SERVER.exec(program.printed());
      if (found) resolve(found[0]);
    });
    const end = (code: unknown) => reject(new Error(`${command.join(" ")}: ${code}\n${program.printed()}`));
    program.ended.then(end, end);
  }).finally(() => clearTimeout(limit));
  const stop = async () => {
    program.stop();
    await program.ended;
  };
  return { url, stop };
}

function start([program, ...args]: Command, { folder, env }: Surroundings) {
  const child = spawn(pathOf(program, folder), args, {
    cwd: folder,
    env: { ...process.env, ...QUIET, ...programsFor(folder), ...env },
    // A group of its own, so that it ends with all that it starts.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  let text = "";
  let listener = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part) => {
      text += part;
      listener();
    });
  }
  return {
    printed: () => stripVTControlCharacters(text),
    onText: (added: () => void) => {
      listener = added;
    },
    ended: new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    ),
    stop: () => endGroup(child),
  };
}

/** As npm puts them before a script: the programs of its packages come first. For Karma, the browser too. */
function programsFor(folder: string): Record<string, string> {
  const path = [join(dirname(folder), "node_modules/.bin"), process.env.PATH ?? ""].join(delimiter);
  return { PATH: path, CHROMIUM_BIN: findChromium().browser ?? "" };
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The program of that name that is nearest to the folder. */
function pathOf(program: string, folder: string): string {
  if (program === "node") return process.execPath;
  for (let at = folder; at.startsWith(root); at = dirname(at)) {
    const path = join(at, "node_modules/.bin", program);
    if (existsSync(path)) return path;
  }
  throw new Error(`no npm package near ${folder} has the program ${program}`);
}
