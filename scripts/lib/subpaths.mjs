// The subpaths of the package as files: a folder for each, with a manifest of its own. Resolvers that do not read
// `exports` (webpack 4, Jest 27, TypeScript's `node10`) look for a folder of that name and take what its manifest says.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const pkg = join(root, "pkg");

/** By its `exports`, which are the list of them. */
export function subpaths() {
  const { exports } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));
  return Object.keys(exports).flatMap((key) => (/^\.\/[^.]+$/.test(key) ? key.slice(2) : []));
}

/** A file of a subpath, relative to the package. No file may be called as the subpath is, or it would come first. */
export function fileOf(subpath, ending) {
  return `${subpath}/index.${ending}`;
}

/** The nearest manifest tells of which kind scripts are, and whether they may be left out: the one of the folder. */
export const MANIFEST = {
  type: "module",
  sideEffects: false,
  main: "./index.cjs",
  module: "./index.js",
  types: "./index.d.ts",
};

/** Makes the folders. */
export function writeManifests() {
  for (const subpath of subpaths()) {
    mkdirSync(join(pkg, subpath), { recursive: true });
    writeFileSync(join(pkg, subpath, "package.json"), `${JSON.stringify(MANIFEST, null, 2)}\n`);
  }
}
