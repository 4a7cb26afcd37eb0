// ARCHITECTURE.md names files that exist, and its walk-throughs name every kind of feature.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { headings } from "../../scripts/site/markdown.mjs";
import { ROOT, read, tableRows } from "./documents.ts";

const text = read("ARCHITECTURE.md");

const sections = headings(text).filter(({ level }) => level === 2);

/** The section under a heading. */
function section(title: string): string {
  const at = sections.findIndex((heading) => heading.title === title);
  return text.slice(sections[at]?.end, sections[at + 1]?.start);
}

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

/** What each kind of feature is called in the code, by the example that its walk-through names. */
const EXAMPLES: Record<string, string> = {
  "An option": "attemptTimeoutMs",
  "A function": "getAttachment",
  "A call of the API": "block_device",
  "A phase": "confirming",
  "A kind of error": "system-disk",
  "A consumer": "webpack-4",
  "A language": "zh-cn",
};

/** Files that speak of an example without being part of it. */
const MENTIONS: Record<string, string[]> = {
  // A message names the option.
  attemptTimeoutMs: ["src/core/envelope.rs", "www/src/detaching.ts", "www/src/faults.ts"],
  // The service's own languages, and those of the demo.
  "zh-cn": ["src/core/config.rs", "src/web/types.d.ts", "www/src/language.ts"],
};

const walks = section("Where the next feature goes").split("\n\n**").slice(1);

test("each kind of feature has a walk-through", () => {
  assert.deepEqual(
    walks.map((walk) => walk.split("**")[0]),
    Object.keys(EXAMPLES),
  );
});

for (const [kind, example] of Object.entries(EXAMPLES))
  test(`the walk-through of "${kind}" names every file that speaks of its example`, () => {
    const walk = walks.find((one) => one.startsWith(`${kind}**`)) ?? "";
    assert.ok(walk.includes(`\`${example}\``));
    const known = [...paths(walk), ...(MENTIONS[example] ?? [])];
    const code = [
      "src",
      "pkg",
      "scripts",
      "www",
      "tests/consumers/registry",
      "tests/consumers/tools",
      "README*.md",
    ];
    const found = execFileSync("git", ["grep", "--untracked", "-l", "-F", "-e", example, "--", ...code], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const isNamed = (file: string) => known.some((path) => file === path || file.startsWith(`${path}/`));
    assert.deepEqual(
      found
        .trim()
        .split("\n")
        .filter((file) => !isNamed(file)),
      [],
    );
  });

test("each decision says what, why, and what would change our mind", () => {
  const decisions = section("Decisions").split("\n\n**").slice(1);
  assert.ok(decisions.length > 15);
  for (const decision of decisions) assert.match(decision, /^[^\n]+\.\*\*\nWhy: [\s\S]+\nChanges with: /);
});

test("each rule names a test", () => {
  const rows = tableRows("ARCHITECTURE.md", "Rule");
  assert.ok(rows.length > 10);
  for (const [, test = ""] of rows) assert.match(test, /`tests\/|the suite/);
});
