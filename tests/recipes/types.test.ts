// The recipes compile, strictly, with the types of the frameworks.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/lib/run.mjs";

test("the recipes and their tests compile", () => {
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", import.meta.dirname], {
    encoding: "utf8",
  });
  assert.equal(stdout + stderr, "");
});
