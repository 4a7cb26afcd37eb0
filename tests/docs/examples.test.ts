// Every TypeScript example of the documents compiles against the built package.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compile } from "./compiler.ts";
import { CHINESE, codeBlocks, ENGLISH, NPM_PAGE } from "./documents.ts";

for (const document of [ENGLISH, CHINESE, NPM_PAGE]) {
  test(`the examples of ${document} compile`, (t) => {
    const blocks = codeBlocks(document).filter(({ language }) => language === "ts");
    assert.ok(blocks.length > 0);
    // Pushed down, so that the compiler's line numbers are the document's.
    const modules = blocks.map(({ line, code }) => [`line-${line}.ts`, "\n".repeat(line - 1) + code]);
    assert.equal(compile(t, Object.fromEntries(modules)), "");
  });
}

test("an example that the types refuse does not compile", (t) => {
  const wrong = `import { detachVolume } from "ecs-detach-volume";
await detachVolume({ endpoint: "/api/ecs", projectId, serverId, volumeId, deleteFlag: 1 });\n`;
  assert.match(
    compile(t, { "wrong.ts": wrong }),
    /'deleteFlag' does not exist in type 'DetachVolumeOptions'/,
  );
});
