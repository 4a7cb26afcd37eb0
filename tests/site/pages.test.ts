// How documents become pages.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { findDocuments } from "../../scripts/site/documents.mjs";
import { makePages } from "../../scripts/site/pages.mjs";
import { tokenize } from "../../scripts/site/tokenize.mjs";
import { folderWith } from "./support.ts";

const GUIDE = {
  "README.md":
    "# Name\n\nLead.\n\n## Install\n\nText.\n\n## The first call\n\n### More\n\n## Errors\n\n### Kinds\n",
  "README.zh-CN.md": "# Name\n\n导语。\n\n## 安装\n\n## 第一次调用\n\n### 更多\n\n## 错误\n\n### 种类\n",
};

function pagesOf(t: TestContext, files: Record<string, string>) {
  const root = folderWith(t, files);
  const { pages, pictures } = makePages(findDocuments(root));
  const bodies = pages.map(({ language, route, text }) => [`${language} ${route}`, text]);
  return { pages, pictures, texts: Object.fromEntries(bodies) as Record<string, string> };
}

test("each document is a page, and the guide has a title of its own in the menus", (t) => {
  const { pages, texts } = pagesOf(t, GUIDE);
  assert.deepEqual(Object.keys(texts), ["en guide", "zh guide"]);
  assert.deepEqual(
    pages.map(({ title }) => title),
    ["Getting started", "快速开始"],
  );
  assert.match(texts["en guide"] ?? "", /^# Name \{#name\}\n\nLead\.\n\n## Install \{#install\}$/m);
});

test("a translation has the addresses and ids of the original, and headings of its own", (t) => {
  const { texts } = pagesOf(t, GUIDE);
  assert.match(texts["zh guide"] ?? "", /^## 错误 \{#errors\}\n\n### 种类 \{#kinds\}$/m);
});

test("a translation with another outline has ids of its own", (t) => {
  const { texts } = pagesOf(t, {
    ...GUIDE,
    "docs/a.md": "# A\n\n## One\n\n## Two\n",
    "docs/a.zh-CN.md": "# 甲\n\n## 二\n",
  });
  assert.match(texts["zh docs/a"] ?? "", /^## 二 \{#二\}$/m);
});

test("links lead to the pages that their targets are on, in the language of the page", (t) => {
  const links = "[a](#errors) [b](docs/a.md) [c](docs/a.md#two) [d](https://example.com/x#y)";
  const { texts } = pagesOf(t, {
    "README.md": `# Name\n\n## Install\n\n${links}\n\n## Errors\n`,
    "README.zh-CN.md": `# Name\n\n## 安装\n\n${links.replace("#errors", "#错误")}\n\n## 错误\n`,
    "docs/a.md": "# A\n\n## Two\n\n[e](../README.md#install) [f](../README.md)\n",
  });
  const shown = (page: string) => [...(texts[page] ?? "").matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link);
  const elsewhere = "https://example.com/x#y";
  assert.deepEqual(shown("en guide"), ["/guide#errors", "/docs/a", "/docs/a#two", elsewhere]);
  assert.deepEqual(shown("zh guide"), ["/zh/guide#errors", "/zh/docs/a", "/zh/docs/a#two", elsewhere]);
  assert.deepEqual(shown("en docs/a"), ["/guide#install", "/guide"]);
});

test("a document without a translation is shown in English, and says so", (t) => {
  const { pages, texts } = pagesOf(t, { ...GUIDE, "docs/a.md": "# A\n\nText.\n" });
  const text = texts["zh docs/a"] ?? "";
  assert.match(text, /^title: "A（英文）"$/m);
  assert.match(text, /仅有英文版[\s\S]*<div lang="en">\n\n# A \{#a\}\n\nText\.\n/);
  assert.deepEqual(
    pages.filter(({ isTranslated }) => !isTranslated).map(({ route }) => route),
    ["docs/a"],
  );
});

test("the line that leads to the other language is left to the site", (t) => {
  const { texts } = pagesOf(t, {
    ...GUIDE,
    "docs/a.md": "# A\n\n[简体中文](a.zh-CN.md)\n\n[Install](../README.md)\n\n",
    "docs/a.zh-CN.md": "# 甲\n\n[English](a.md)\n\n文。\n",
  });
  assert.match(texts["en docs/a"] ?? "", /^# A \{#a\}\n\n\[Install\]\(\/guide\)$/m);
  assert.match(texts["zh docs/a"] ?? "", /^# 甲 \{#a\}\n\n文。$/m);
});

test("what a document refers to becomes a page, a source file or a picture of the site", (t) => {
  const { texts, pictures } = pagesOf(t, {
    ...GUIDE,
    "docs/deep/a.md": "# A\n\n[b](../../tests/README.md) [c](../../tests/c.js) ![d](d.svg)\n",
    "docs/deep/d.svg": "<svg/>",
    "tests/README.md": "# B\n",
    "tests/c.js": "# not a heading\n[no](link)\n",
    "tests/not-mentioned.md": "# C\n",
  });
  assert.match(
    texts["en docs/deep/a"] ?? "",
    /\(\/tests\) .*\(\/tests\/c-js\) .*\(\/files\/docs\/deep\/d\.svg\)/,
  );
  assert.match(texts["en tests/c-js"] ?? "", /^~~~~js\n# not a heading\n\[no\]\(link\)\n~~~~$/m);
  assert.deepEqual([...pictures], ["docs/deep/d.svg"]);
  assert.equal(texts["en tests/not-mentioned"], undefined);
});

test("a reference to what is not there is refused", (t) => {
  const withLink = (link: string) => () => pagesOf(t, { ...GUIDE, "docs/a.md": `# A\n\n[x](${link})\n` });
  assert.throws(withLink("b.md"), /docs\/a\.md refers to docs\/b\.md, which is not there/);
  assert.throws(withLink("../README.md#nothing"), /README\.md#nothing, which has no such heading/);
  assert.throws(withLink("../docs"), /refers to the folder docs/);
});

test("a Chinese document without an English one is refused", (t) => {
  assert.throws(
    () => pagesOf(t, { ...GUIDE, "docs/a.zh-CN.md": "# 甲\n" }),
    /a\.zh-CN\.md has no English version/,
  );
});

test("the search finds words, and Chinese without spaces", () => {
  assert.deepEqual(tokenize("detachVolumes: HTTP 429, `Ecs.0603`"), [
    "detachVolumes",
    "HTTP",
    "429",
    "Ecs",
    "0603",
  ]);
  assert.deepEqual(tokenize("卸载云硬盘"), ["卸载", "载云", "云硬", "硬盘"]);
  assert.deepEqual(tokenize("用fetch卸载"), ["用", "fetch", "卸载"]);
});
