// zizmor, which judges workflows: a program that comes from PyPI.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../../tests/keystone/environment.mjs";
import { capture, root, run, Stop } from "./run.mjs";

const folder = join(root, "target/zizmor");
const { version } = JSON.parse(readFileSync(join(root, "scripts/tools.json"), "utf8")).zizmor;

export const zizmor = join(folder, "bin/zizmor");

export function isZizmorInstalled() {
  return capture(zizmor, ["--version"])?.endsWith(` ${version}`) ?? false;
}

export function installZizmor() {
  const python = findPython();
  if (!python) throw new Stop("zizmor needs Python 3.11 or later with venv, as python3 on the PATH");
  rmSync(folder, { recursive: true, force: true });
  run(python, ["-m", "venv", folder]);
  const pip = ["-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
  run(join(folder, "bin/python"), [...pip, `zizmor==${version}`]);
}
