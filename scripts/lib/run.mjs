// Running other programs: the few forms that the scripts need.
import { spawnSync } from "node:child_process";
import { accessSync, constants, readFileSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** A failure whose message is all that the user needs: printed without a stack. */
export class Stop extends Error {}

/** Runs a program with its output shown; a failure ends the script. */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) throw new Stop(`cannot run ${program}: ${result.error.message}`);
  if (result.status !== 0)
    throw new Stop(`${program} ${args.join(" ")} ended with ${result.status ?? result.signal}`);
}

/** Runs a program and returns what it printed, or `null` when it failed or does not exist. */
export function capture(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: root, encoding: "utf8", ...options });
  return result.status === 0 ? result.stdout.trim() : null;
}

/** The first of these programs that the PATH holds, with its folder; `null` when none does. */
export function which(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, process.platform === "win32" ? `${name}.exe` : name);
      if (isExecutable(path)) return path;
    }
  }
  return null;
}

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A program of an npm package of this project. */
export function npmBin(name) {
  return join(root, "node_modules/.bin", name);
}

/** The version of a crate that Cargo.lock pins. */
export function lockedVersion(crate) {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const version = new RegExp(`name = "${crate}"\nversion = "([^"]+)"`).exec(lock)?.[1];
  if (!version) throw new Stop(`Cargo.lock does not pin ${crate}`);
  return version;
}

/** Whether a script was started itself, and not imported. The path of a program may lead over links. */
export function isProgram(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}

/** Runs a script's main function and ends the process with its outcome. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}
