// What the check of the built site sees.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { complaints } from "../../scripts/site/check.mjs";
import { folderWith } from "./support.ts";

const page = (title: string, body = "", language = "en") =>
  `<!DOCTYPE html><html lang="${language}"><head><title>${title}</title></head><body>${body}</body></html>`;

function wrongIn(t: TestContext, files: Record<string, string>): string[] {
  return complaints(folderWith(t, files), "/base/");
}

test("a site in which all is right has no complaints", (t) => {
  const body =
    '<a href="/base/zh/#b&amp;c">x</a> <a href="#d">x</a><p id="d"></p> <img src="a.svg"> <a href="//x.org">';
  const wrong = wrongIn(t, {
    "index.html": page("Name", body),
    "a.svg": "<svg/>",
    "zh/index.html": page("名称", '<p id="b&amp;c"></p>', "zh-CN"),
    "404.html": page("404"),
  });
  assert.deepEqual(wrong, []);
});

test("dead links, anchors and files are seen", (t) => {
  const links = [
    '<a href="/base/b.html">',
    '<a class="x" href="#c">',
    '<img alt="" src="d.svg">',
    '<a href="/e">',
  ];
  assert.deepEqual(wrongIn(t, { "index.html": page("Name", links.join("")) }), [
    "index.html: /base/b.html leads nowhere",
    "index.html: #c has no such anchor",
    "index.html: d.svg leads nowhere",
    "index.html: /e is outside of /base/",
  ]);
});

test("a page that nothing leads to is seen", (t) => {
  const wrong = wrongIn(t, {
    "index.html": page("Name", '<a href="a.html">'),
    "a.html": page("A"),
    "b.html": page("B", '<a href="c.html">'),
    "c.html": page("C", '<a href="b.html">'),
  });
  assert.deepEqual(wrong, ["b.html: nothing leads there", "c.html: nothing leads there"]);
});

test("a page in the wrong language is seen", (t) => {
  const wrong = wrongIn(t, {
    "index.html": page("名称", '<a href="a.html"><a href="zh/index.html">'),
    "a.html": page(""),
    "zh/index.html": page("名称"),
  });
  assert.deepEqual(wrong.sort(), [
    "a.html: there is no title",
    'index.html: the title "名称" is Chinese',
    "zh/index.html: the language is en",
  ]);
});
