// Where Keystone is installed, and how it gets there. Plain JavaScript, so that the scripts can use it, too.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture, root, run, Stop, which } from "../../scripts/lib/run.mjs";

const folder = join(root, "target/keystone");
const bin = join(folder, "bin");
const requirements = join(root, "tests/keystone/requirements.txt");
const constraints = join(root, "tests/keystone/constraints.txt");
/** Written last, so that an install that was interrupted does not count. */
const stamp = join(folder, "installed.txt");

export const python = join(bin, "python");
export const keystoneManage = join(bin, "keystone-manage");

export function isKeystoneInstalled() {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted();
}

/** Installs Keystone into `target/keystone`, unless these very versions are there. Half a minute, once. */
export function installKeystone() {
  if (isKeystoneInstalled()) return;
  const system = findPython();
  if (!system) throw new Stop("Keystone needs Python 3.11 or later with venv, as python3 on the PATH");
  rmSync(folder, { recursive: true, force: true });
  run(system, ["-m", "venv", folder]);
  const quiet = ["--quiet", "--disable-pip-version-check", "--no-input"];
  run(python, ["-I", "-m", "pip", "install", ...quiet, "-r", requirements, "-c", constraints]);
  writeFileSync(stamp, wanted());
}

/** A Python that is recent enough, and complete: Debian has `ensurepip` in a package of its own. */
export function findPython() {
  const check =
    "import sqlite3, ssl, sys, venv; from ensurepip import bootstrap; sys.exit(sys.version_info < (3, 11))";
  const candidates = [which("python3", "python"), "/usr/bin/python3"];
  return candidates.find((path) => path && capture(path, ["-c", check]) !== null) ?? null;
}

function wanted() {
  return readFileSync(requirements, "utf8") + readFileSync(constraints, "utf8");
}
