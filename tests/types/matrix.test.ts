// The public types under every way to find them and under older compilers: the same uses must compile with each.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { COMPILERS, compile, OLDER_COMPILERS, OPTIONS, root } from "./compile.ts";

const here = import.meta.dirname;
const target = join(root, "target/types");

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
  for (const [version, { folder, files }] of Object.entries(OLDER_COMPILERS)) {
    const project = join(target, `older-${version}.json`);
    for (const file of files) copyFileSync(join(here, file), join(target, file));
    const compilerOptions = {
      module: "CommonJS",
      moduleResolution: "node",
      lib: ["ES2019", "DOM"],
      types: [],
    };
    writeFileSync(
      project,
      JSON.stringify({ compilerOptions: { ...compilerOptions, strict: true, noEmit: true }, files }),
    );
    it(`compile (${files.join(", ")}) under TypeScript ${version}`, async () => {
      assert.equal(await compile(folder, project), "");
    });
  }
});
