// The package as users get it: packed, and installed into an empty project.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Project {
  /** Where it is. */
  folder: string;
  /** What the tarball holds. */
  files: string[];
  remove(): void;
}

/** A new project with nothing in it but the package. */
export function createProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), "ecs-detach-volume-"));
  const npm = (args: string[], cwd: string) =>
    execFileSync("npm", [...args, "--loglevel=error"], { cwd, encoding: "utf8" });
  const [packed] = JSON.parse(npm(["pack", "./pkg", "--json", "--pack-destination", folder], root));
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  npm(["install", "--offline", "--no-audit", "--no-fund", join(folder, packed.filename)], folder);
  return {
    folder,
    files: packed.files.map(({ path }: { path: string }) => path),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
