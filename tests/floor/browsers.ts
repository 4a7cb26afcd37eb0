// Chromium as it was, from npm: installed on demand, and kept unpacked in target/floor.
import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompressSync } from "node:zlib";
import { end, start } from "../engines/processes.ts";

const TOOLS = join(import.meta.dirname, "tools");
const CACHE = join(import.meta.dirname, "../../target/floor");
const LOCK = "package-lock.json";

/** Says where its DevTools are, which is where a browser is told to end; 112 and newer do not open the page without it. */
const ARGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0"],
  ...["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

export interface OldBrowser {
  version: string;
  program: string;
  libraries: string;
}

/** Rejects where npm or this machine cannot give them. */
export async function installBrowsers(): Promise<OldBrowser[]> {
  const { dependencies } = JSON.parse(readFileSync(join(TOOLS, "package.json"), "utf8"));
  const names = Object.keys(dependencies);
  if (!isInstalled()) await install(names);
  return names.map((name) => ({
    version: name.replace("chromium-", ""),
    program: join(CACHE, name, "chromium"),
    libraries: join(CACHE, name, "lib"),
  }));
}

function isInstalled(): boolean {
  const stamp = join(CACHE, LOCK);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === readFileSync(join(TOOLS, LOCK), "utf8");
}

async function install(names: readonly string[]): Promise<void> {
  rmSync(CACHE, { recursive: true, force: true });
  const folder = join(CACHE, "npm");
  cpSync(TOOLS, folder, { recursive: true });
  await promisify(execFile)("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: folder });
  for (const name of names) await unpack(join(folder, "node_modules", name, "bin"), join(CACHE, name));
  rmSync(folder, { recursive: true });
  // Last: what was broken off is done anew.
  cpSync(join(TOOLS, LOCK), join(CACHE, LOCK));
}

/** The program, the libraries that a machine may not have, and those for a screen that is none. */
async function unpack(bin: string, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const decompress = (name: string) => brotliDecompressSync(readFileSync(join(bin, name)));
  for (const name of ["aws.tar.br", "swiftshader.tar.br"]) {
    const archive = join(folder, "archive.tar");
    writeFileSync(archive, decompress(name));
    await promisify(execFile)("tar", ["-xf", archive, "-C", folder]);
    rmSync(archive);
  }
  const program = join(folder, "chromium");
  writeFileSync(program, decompress("chromium.br"));
  chmodSync(program, 0o755);
}

/** A browser that was ended by a signal: builds without a screen crash now and then on a busy machine. */
class Crash extends Error {}

/**
 * Opens a page in a fresh browser until `use` is done; once more if the browser crashes. Rejects if it ends by itself before.
 */
export async function withPage<Value>(browser: OldBrowser, url: string, use: Promise<Value>): Promise<Value> {
  try {
    return await openPage(browser, url, use);
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
    return openPage(browser, url, use);
  }
}

async function openPage<Value>(
  { program, libraries }: OldBrowser,
  url: string,
  use: Promise<Value>,
): Promise<Value> {
  const profile = await mkdtemp(join(tmpdir(), "ecs-floor-"));
  const env = { ...process.env, LD_LIBRARY_PATH: libraries, HOME: profile };
  const args = [...ARGS, `--user-data-dir=${profile}`, url];
  const browser = start(program, args, { env, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  browser.stderr?.on("data", (text) => {
    said += text;
  });
  const ended = new Promise<never>((_, reject) => {
    browser.once("error", reject);
    browser.once("exit", (code, signal) => {
      const text = `the browser ended: ${code ?? signal}\n${said}`;
      reject(signal ? new Crash(text) : new Error(text));
    });
  });
  ended.catch(() => undefined);
  try {
    return await Promise.race([use, ended]);
  } finally {
    await end(browser);
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
