// Finding files.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

/** The files of a folder, not of its subfolders, whose names end in a certain way; relative to the project. */
export function filesIn(folder, ending) {
  const full = join(root, folder);
  if (!existsSync(full)) return [];
  const names = readdirSync(full).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => join(folder, name));
}
