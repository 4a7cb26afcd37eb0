// ARCHITECTURE.md names files that exist, and its walk-throughs name every kind of feature.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT, read } from "./documents.ts";

const text = read("ARCHITECTURE.md");

/** The section under a heading. */
const section = (heading: string) => text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";

/** What stands in code marks and looks like a path of this repository. */
const paths = (part: string) =>
  [...part.matchAll(/`([\w./-]+)`/g)]
    .map(([, path = ""]) => path)
    .filter(
      (path) =>
        /^(src|pkg|scripts|tests|docs|www|fuzz|\.github|\.ci)(\/|$)/.test(path) || path.endsWith(".md"),
    );

test("every file and folder that ARCHITECTURE.md names is there", () => {
  const named = paths(text);
  assert.ok(named.length > 60);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(ROOT, path))),
    [],
  );
});

test("each kind of feature has a walk-through that names its files", () => {
  const walks = section("Where the next feature goes").split("\n\n**").slice(1);
  const kinds = [
    "An option",
    "A function",
    "A call of the API",
    "A phase",
    "A kind of error",
    "A consumer",
    "A language",
  ];
  assert.deepEqual(
    walks.map((walk) => walk.split("**")[0]),
    kinds,
  );
  for (const walk of walks) assert.ok(paths(walk).length >= 2, walk);
});

test("each decision says what, why, and what would change our mind", () => {
  const decisions = section("Decisions").split("\n\n**").slice(1);
  assert.ok(decisions.length > 15);
  for (const decision of decisions) assert.match(decision, /^[^\n]+\.\*\*\nWhy: [\s\S]+\nChanges with: /);
});

test("each rule names a test", () => {
  const rows = section("The rules")
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);
  assert.ok(rows.length > 10);
  for (const row of rows) assert.match(row, /`tests\/|the suite/);
});
