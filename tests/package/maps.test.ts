// What a stack says where the package fails: its source maps, as they are packed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { createProject } from "./install.ts";

const project = createProject();
after(() => project.remove());

const folder = join(project.folder, "node_modules/ecs-detach-volume");
const scripts = project.files.filter((file) => /\.c?js$/.test(file));

interface SourceMap {
  sources: string[];
  names: string[];
  sourcesContent: (string | null)[];
}

const mapOf = (file: string): SourceMap => JSON.parse(readFileSync(join(folder, `${file}.map`), "utf8"));

for (const file of scripts)
  test(`${file} has a map, with its sources`, () => {
    const code = readFileSync(join(folder, file), "utf8");
    assert.match(code.trimEnd(), new RegExp(`^//# sourceMappingURL=${file.split("/").pop()}\\.map$`, "m"));
    const { sources, sourcesContent } = mapOf(file);
    assert.ok(sources.some((source) => /(loader|simulator)\//.test(source)));
    for (const [index, source] of sources.entries()) {
      assert.ok(sourcesContent[index], source);
      // It stands in the map alone: nothing of this project is beside the package.
      assert.equal(existsSync(join(folder, source)), false);
      assert.ok(join(folder, file, "..", source).startsWith(folder), source);
    }
  });

for (const [kind, file] of [
  ["a module", "index.js"],
  ["CommonJS", "index.cjs"],
] as const)
  test(`the frames of an error have names and places in the loader: ${kind}`, () => {
    const load =
      file === "index.js"
        ? 'const api = await import("ecs-detach-volume");'
        : 'const api = require("ecs-detach-volume");';
    const script = `(async () => { ${load} await api.detachVolume({}).catch((error) => console.log(error.stack)); })();`;
    writeFileSync(join(project.folder, "fails.cjs"), script);
    const args = ["--enable-source-maps", "fails.cjs"];
    const stack = execFileSync(process.execPath, args, { cwd: project.folder, encoding: "utf8" });
    const frames = [
      ...stack.matchAll(/^ +at (?:async )?(?:new )?([\w.]+) \(.*\/(loader\/[\w-]+\.js):\d+:\d+\)$/gm),
    ];
    const [, name = "", source = ""] = frames[0] ?? assert.fail(stack);
    const { sources, sourcesContent } = mapOf(file);
    const content = sourcesContent[sources.findIndex((one) => one.endsWith(source))] ?? "";
    assert.match(content, new RegExp(`\\b${name}\\(`), stack);
  });

test("functions of the core have names in the map of the entry without WebAssembly", () => {
  const { names } = mapOf("asm/index.js");
  assert.ok(
    names.some((name) => name.endsWith("core__sender__Sender___ended")),
    names.slice(0, 9).join(),
  );
});

test("no code of CommonJS is on the first line, in which some test runners put code of their own", () => {
  for (const file of scripts.filter((name) => name.endsWith(".cjs"))) {
    const [first = ""] = readFileSync(join(folder, file), "utf8").split("\n");
    assert.match(first, /^\/\//, file);
  }
});
