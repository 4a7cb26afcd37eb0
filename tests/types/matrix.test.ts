// The public types under every way to find them and under older compilers: the same uses must compile with each.
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
const MODULES = ["usage.mts", "asm.mts", "testing.mts"];
const BOTH = [...MODULES, "usage.cts", "asm.cts", "testing.cts"];

interface Project {
  module: string;
  moduleResolution: string;
  files: string[];
  /** Under it, a CommonJS file must write `import = require()`. */
  verbatimModuleSyntax?: true;
  /** Of those that know it: the way of looking for files that knows no `exports` is gone. */
  compilers?: string[];
}

const PROJECTS: Record<string, Project> = {
  bundler: { module: "ESNext", moduleResolution: "bundler", files: MODULES, verbatimModuleSyntax: true },
  node16: { module: "Node16", moduleResolution: "node16", files: BOTH },
  nodenext: { module: "NodeNext", moduleResolution: "nodenext", files: BOTH },
  "nodenext-verbatim": {
    module: "NodeNext",
    moduleResolution: "nodenext",
    files: [...MODULES, "required.cts"],
    verbatimModuleSyntax: true,
  },
  // What others call node10.
  node: {
    module: "CommonJS",
    moduleResolution: "node",
    files: ["usage.ts", "asm.ts", "testing.ts"],
    compilers: ["5.0", "5.4", "5.9"],
  },
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
  copyFileSync(join(here, "required.cts"), join(target, "required.cts"));
  for (const source of ["usage", "asm", "testing"])
    for (const ending of ["ts", "mts", "cts"])
      copyFileSync(join(here, `${source}.ts`), join(target, `${source}.${ending}`));
  for (const [name, { files, compilers = Object.keys(COMPILERS), ...options }] of Object.entries(PROJECTS)) {
    const project = join(target, `${name}.json`);
    writeFileSync(project, JSON.stringify({ compilerOptions: { ...OPTIONS, ...options }, files }));
    for (const [version, folder] of Object.entries(COMPILERS).filter(([version]) =>
      compilers.includes(version),
    ))
      it(`compile with ${name} (${files.join(", ")}) under TypeScript ${version}`, async () => {
        assert.equal(await compile(folder, project), "");
      });
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
