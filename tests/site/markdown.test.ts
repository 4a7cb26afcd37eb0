// Reading Markdown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { headings, links, replaceLinks, tables } from "../../scripts/site/markdown.mjs";

test("headings have the anchors that GitHub gives them", () => {
  const found = headings("# `force`, and *more*\n\n## 重试\n\n## A b\n\ntext\n\n## A b\n");
  assert.deepEqual(
    found.map(({ level, anchor }) => [level, anchor]),
    [
      [1, "force-and-more"],
      [2, "重试"],
      [2, "a-b"],
      [2, "a-b-1"],
    ],
  );
});

test("a comment in a code block is no heading", () => {
  assert.deepEqual(headings("```sh\n# not this\n```\n\n~~~~text\n# nor this\n```\n# nor that\n~~~~\n"), []);
});

test("a heading knows where it stands", () => {
  const text = "```sh\nls\n```\n\n# One\n\ntext\n";
  const [one] = headings(text);
  assert.equal(text.slice(one?.start, one?.end), "# One");
});

test("links and pictures are found, but not in code", () => {
  const text =
    '[a](b.md#c) `[x](y)` ![d](e.svg)\n\n<img src="f.png" alt="">\n\n```md\n[x](y)\n```\n\n[g](h)\n';
  assert.deepEqual(links(text), ["b.md#c", "e.svg", "f.png", "h"]);
});

test("a backtick that is never closed hides no link of the next paragraph", () => {
  assert.deepEqual(links("a ` b\n\n[c](d) ` e\n"), ["d"]);
});

test("only the target of a link is replaced", () => {
  assert.equal(
    replaceLinks("b [b](b) `[b](b)` b", () => "$&"),
    "b [b]($&) `[b](b)` b",
  );
});

test("a table has the paragraph before it, its header and its rows", () => {
  const text = "One.\n\nTwo\nlines:\n\n| a | b |\n| --- | --- |\n| `x \\| y` |  |\n\n| c |\n| --- |\n";
  assert.deepEqual(tables(text), [
    { lead: "Two\nlines:", header: ["a", "b"], rows: [["`x \\| y`", ""]] },
    { lead: "| a | b |\n| --- | --- |\n| `x \\| y` |  |", header: ["c"], rows: [] },
  ]);
});
