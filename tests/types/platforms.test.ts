// The public types in projects with and without libraries for `fetch`, `AbortSignal` and `URL`.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { COMPILERS, compile, OPTIONS, root } from "./compile.ts";

const target = join(root, "target/types/platforms");

interface Platform {
  lib: string[];
  types?: string[];
  /** Default: both. */
  files?: string[];
}

const PLATFORMS: Record<string, Platform> = {
  "no library but the language's": { lib: ["ES2020"], files: ["own.ts"] },
  Node: { lib: ["ES2020"], types: ["node"] },
  "a worker": { lib: ["ES2020", "WebWorker"] },
  "a page": { lib: ["ES2020", "DOM"] },
  "a page and Node": { lib: ["ES2020", "DOM"], types: ["node"] },
};

describe("the types", { concurrency: availableParallelism() }, () => {
  mkdirSync(target, { recursive: true });
  cpSync(join(import.meta.dirname, "platforms"), target, { recursive: true });
  writeFileSync(join(target, "package.json"), '{ "type": "module" }');
  for (const [name, { lib, types = [], files = ["own.ts", "platform.ts"] }] of Object.entries(PLATFORMS))
    for (const exactOptionalPropertyTypes of [true, false]) {
      const project = join(target, `${name.replaceAll(/\W+/g, "-")}-${exactOptionalPropertyTypes}.json`);
      const modules = { module: "Node16", moduleResolution: "node16" };
      const compilerOptions = { ...OPTIONS, ...modules, lib, types, exactOptionalPropertyTypes };
      writeFileSync(project, JSON.stringify({ compilerOptions, files }));
      const exactly = exactOptionalPropertyTypes ? ", with exact optional properties," : "";
      for (const [version, folder] of Object.entries(COMPILERS))
        it(`compile for ${name}${exactly} under TypeScript ${version}`, async () => {
          assert.equal(await compile(folder, project), "");
        });
    }
});
