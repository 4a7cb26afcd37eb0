// `npm run` is the menu of the project, and `npm run report` that of its reports.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { findReports } from "../../scripts/report.mjs";
import { ROOT } from "./program.ts";

const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};
/** Whether git leaves it out: it is made on this machine. */
const isIgnored = (path: string) =>
  spawnSync("git", ["check-ignore", "--quiet", `${path}/any`], { cwd: ROOT }).status === 0;

const MENU = ["start", "build", "test", "lint", "format", "bench", "sim", "docs", "report"];
/** Short names that other texts know. */
const SHORT = ["bench:batch", "size"];

test("the menu has what it has always had, and each command says what it does", () => {
  assert.deepEqual(Object.keys(scripts), [...MENU, ...SHORT]);
  for (const [name, command] of Object.entries(scripts))
    assert.match(command, /^node scripts\/menu\.mjs \w+ "[^"]{10,}"( \w+)?$/, name);
});

test("every report says what it tells and what it writes", async () => {
  const reports = Object.entries(await findReports());
  assert.ok(reports.length > 0);
  for (const [name, { about, writes, run }] of reports) {
    assert.ok(about.length > 10, name);
    assert.ok(writes.length > 0, name);
    assert.equal(typeof run, "function", name);
    for (const [path] of writes.matchAll(/\b(?:docs|tests|target|fuzz)\/[\w./-]*\w/g))
      assert.ok(existsSync(join(ROOT, path)) || isIgnored(path), `${name}: ${path}`);
  }
});
