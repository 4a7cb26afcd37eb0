// The public types under every way to find them and under older compilers: usage.ts must compile with each.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const target = join(root, "target/types");

const COMPILERS = {
  "5.0": "tests/types/compilers/node_modules/typescript-5.0",
  "5.4": "tests/types/compilers/node_modules/typescript-5.4",
  "5.9": "tests/types/compilers/node_modules/typescript-5.9",
  "6.0": "tests/types/compilers/node_modules/typescript",
  newest: "node_modules/typescript",
};

/** By the ending of a file the compiler takes it for an ES module or for CommonJS. */
const RESOLUTIONS: Record<string, { module: string; files: string[]; compilers?: string[] }> = {
  bundler: { module: "ESNext", files: ["usage.mts"] },
  node16: { module: "Node16", files: ["usage.mts", "usage.cts"] },
  nodenext: { module: "NodeNext", files: ["usage.mts", "usage.cts"] },
  // Finds files by their names alone. Newer compilers do not know it any more.
  node10: { module: "ESNext", files: ["usage.mts"], compilers: ["5.0", "5.4", "5.9"] },
};

const OPTIONS = {
  target: "ES2022",
  lib: ["ES2022", "DOM"],
  types: [],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  // Of all libraries, those of the compiler itself are left out: they take most of the time.
  skipDefaultLibCheck: true,
};

describe("the types", { concurrency: availableParallelism() }, () => {
  mkdirSync(target, { recursive: true });
  for (const name of ["usage.mts", "usage.cts"]) copyFileSync(join(here, "usage.ts"), join(target, name));
  for (const [moduleResolution, { module, files, compilers }] of Object.entries(RESOLUTIONS)) {
    const project = join(target, `${moduleResolution}.json`);
    writeFileSync(
      project,
      JSON.stringify({ compilerOptions: { ...OPTIONS, module, moduleResolution }, files }),
    );
    for (const [version, folder] of Object.entries(COMPILERS)) {
      if (compilers && !compilers.includes(version)) continue;
      it(`compile with ${moduleResolution} (${files.join(", ")}) under TypeScript ${version}`, async () => {
        assert.equal(await compile(folder, project), "");
      });
    }
  }
});

/** What the compiler complains of. */
function compile(folder: string, project: string): Promise<string> {
  const tsc = join(root, folder, "bin/tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "-p", project], (error, stdout, stderr) =>
      resolve(error ? `${stdout}${stderr}` || error.message : ""),
    );
  });
}
