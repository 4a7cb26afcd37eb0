// What the published files ask of browsers and of old tools.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { browserDocuments } from "../../scripts/lib/browser-documents.mjs";
import { featuresOfScript } from "../../scripts/lib/features.mjs";
import { ENTRIES, floorOf, OPTIONAL, syntaxComplaint } from "../../scripts/lib/floor.mjs";
import { root } from "../../scripts/lib/run.mjs";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const { files }: { files: string[] } = JSON.parse(read("pkg/package.json"));
const scripts = files.filter((file) => /\.c?js$/.test(file));
const floors = Object.entries(ENTRIES).map(([entry, made]) => ({
  entry,
  tried: made.tried,
  ...floorOf(made),
}));

for (const file of scripts)
  test(`${file} is ES2019`, () => {
    assert.equal(syntaxComplaint(file, read(`pkg/${file}`)), null);
  });

for (const [what, code] of Object.entries({
  "a private method": "class A { #b() {} }",
  "optional chaining": "a?.b",
  "a default for null": "a ?? b",
  "`import()` in another file": "import('./b.js')",
  "`import.meta`": "import.meta.url",
}))
  test(`${what} is found`, () => {
    assert.match(String(syntaxComplaint("index.js", code)), /^index\.js: /);
  });

test("`import()` is what `auto` may have beyond", () => {
  assert.equal(syntaxComplaint("auto/index.js", "a = () => import('./b.js').then(import('./c.js'))"), null);
  assert.match(String(syntaxComplaint("auto/index.js", "import('./b.js'); a?.b")), /^auto\/index\.js: /);
});

for (const { entry, tried, oldest, needed } of floors)
  test(`${entry} needs nothing that is younger than Chromium ${tried}`, () => {
    const younger = needed.filter(({ versions }) => versions.chrome > tried).map(({ name }) => name);
    assert.deepEqual(younger, [], "give it a fallback, and an entry in scripts/lib/floor.mjs");
    for (const version of Object.values(oldest)) assert.ok(Number.isFinite(version));
  });

test("nothing is said to be optional that no entry has", () => {
  const all = new Set(floors.flatMap(({ features }) => features.map(({ name }) => name)));
  assert.deepEqual(
    Object.keys(OPTIONAL).filter((name) => !all.has(name)),
    [],
  );
});

for (const [code, name, chrome] of [
  ["AbortSignal.any([a])", "`AbortSignal.any`", 116],
  ["AbortSignal.timeout(1)", "`AbortSignal.timeout`", 124],
  ["x.at(-1)", "`Array.at`", 92],
  ["structuredClone(x)", "`structuredClone`", 98],
  ["globalThis.structuredClone(x)", "`structuredClone`", 98],
  ["Object.hasOwn(x, 'y')", "`Object.hasOwn`", 93],
  ["x.replaceAll('a', 'b')", "`String.replaceAll`", 85],
  ["Promise.any(x)", "`Promise.any`", 85],
  ["x.throwIfAborted()", "`AbortSignal.throwIfAborted`", 100],
  ["const { reason } = signal", "`AbortSignal.reason`", 98],
  ["/(?<=a)b/", "lookbehind", 62],
] as const)
  test(`${code} is ${name}`, () => {
    const found = featuresOfScript(code).find((feature) => feature.name === name);
    assert.equal(found?.versions.chrome, chrome);
  });

test("what is declared in the file is no feature of a browser", () => {
  assert.deepEqual(featuresOfScript("function structuredClone() {} structuredClone(1)"), []);
});

const inEnglish = (all: string[]) => `${all.slice(0, -1).join(", ")} or ${all.at(-1)}`;

for (const [path, or] of [
  ["README.md", inEnglish],
  ["pkg/README.md", inEnglish],
  ["src/web/types.d.ts", inEnglish],
  ["README.zh-CN.md", (all: string[]) => `${all.slice(0, -1).join("、")} 或 ${all.at(-1)}`],
] as const)
  test(`${path} names the oldest browsers`, () => {
    const text = read(path).replaceAll(/\s+(\* )?/g, " ");
    for (const { entry, floor } of floors.filter(({ entry }) => [".", "./auto"].includes(entry))) {
      const { chrome, firefox, safari } = floor;
      const browsers = or([`Chromium ${chrome}`, `Firefox ${firefox}`, `Safari ${safari}`]);
      assert.ok(text.includes(browsers), `${entry}: ${browsers}`);
    }
  });

for (const [path, text] of Object.entries(browserDocuments()))
  test(`${path} is what the files need; npm run report -- browsers writes it`, () => {
    assert.equal(read(path), text);
  });
