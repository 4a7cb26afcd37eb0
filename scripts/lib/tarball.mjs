// The packed package: making it, reading it, comparing two of them.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { capture, run, Stop } from "./run.mjs";

const MACHINE_PATH = /(?:^|[^\w.])\/(?:home|root|Users|tmp|builds?|rustc)\/[\w.-]+\/|[A-Z]:\\Users\\/m;

/**
 * Packs the package of a checkout.
 *
 * @returns {{ file: string, unpacked: string, files: Map<string, Buffer> }} the tarball, the folder of what is in it, and
 * that by its name
 */
export function pack(checkout, folder) {
  const unpacked = join(folder, "unpacked");
  mkdirSync(unpacked, { recursive: true });
  const args = ["pack", "./pkg", "--json", "--loglevel=error", "--pack-destination", folder];
  const printed = capture("npm", args, { cwd: checkout });
  if (printed === null) throw new Stop(`npm could not pack ${join(checkout, "pkg")}`);
  const file = join(folder, JSON.parse(printed)[0].filename);
  run("tar", ["-xzf", file, "-C", unpacked, "--strip-components=1"]);
  const entries = readdirSync(unpacked, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const names = paths.sort().map((path) => [relative(unpacked, path), readFileSync(path)]);
  return { file, unpacked, files: new Map(names) };
}

/**
 * The files in which two packages differ, in sentences; none where they are the same.
 *
 * @param {ReadonlyMap<string, Uint8Array>} first
 * @param {ReadonlyMap<string, Uint8Array>} second
 */
export function differences(first, second) {
  const names = [...new Set([...first.keys(), ...second.keys()])].sort();
  return names.flatMap((name) => {
    const [one, other] = [first.get(name), second.get(name)];
    if (!one || !other) return [`${name} is in the ${one ? "first" : "second"} only`];
    if (Buffer.compare(one, other) === 0) return [];
    const at = one.findIndex((byte, index) => byte !== other[index]);
    return [`${name} differs from byte ${at < 0 ? one.length : at} on`];
  });
}

/**
 * The files that tell where they were built.
 *
 * @param {ReadonlyMap<string, Uint8Array>} files
 * @param {readonly string[]} folders of this machine
 */
export function leaks(files, folders) {
  return [...files].flatMap(([name, bytes]) => {
    const text = Buffer.from(bytes).toString("latin1");
    const named = folders
      .filter((folder) => text.includes(folder))
      .map((folder) => `${name} names ${folder}`);
    return MACHINE_PATH.test(text) ? [`${name} holds a path of some machine`, ...named] : named;
  });
}

export function hashOf(bytes, algorithm = "sha256", encoding = "hex") {
  return createHash(algorithm).update(bytes).digest(encoding);
}

/** As npm writes the hash of a tarball. */
export function integrityOf(bytes) {
  return `sha512-${hashOf(bytes, "sha512", "base64")}`;
}
