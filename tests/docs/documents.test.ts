// The documents say what the types, the scripts and the files say.
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { compile } from "./compiler.ts";
import { errorKinds, optionFacts } from "./contract.ts";
import { CHINESE, codeBlocks, ENGLISH, exists, NPM_PAGE, quoted, read, tableRows } from "./documents.ts";

const GUIDES = [ENGLISH, CHINESE];
const DOCUMENTS = [
  ...GUIDES,
  NPM_PAGE,
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "docs/faults.md",
];
/** What a build makes; not there in a clean clone. */
const GENERATED = /^(pkg\/[\w-]+\.(js|cjs|d\.ts|d\.cts|wasm)|www\/dist|target)/;
const OPTION_HEADERS: Record<string, string> = { [ENGLISH]: "Option", [CHINESE]: "选项" };
const FIELD_HEADERS: Record<string, string> = { [ENGLISH]: "Field", [CHINESE]: "字段" };

/** Types for comparing documented fields with those of the types. */
const FIELDS_OF = `
import type { EcsError, EcsErrorKind } from "ecs-detach-volume";
type FieldsOf<Kind extends EcsErrorKind> = Exclude<keyof Extract<EcsError, { kind: Kind }>, keyof Error | "kind">;
type Same<A, B> = [A, B] extends [B, A] ? true : false;
`;

test("the English and the Chinese README have the same code", () => {
  const code = (document: string) => codeBlocks(document).map((block) => [block.language, block.code]);
  assert.deepEqual(code(CHINESE), code(ENGLISH));
});

test("the English and the Chinese README have the same outline", () => {
  const levels = (document: string) => prose(document).match(/^#+(?= )/gm);
  assert.deepEqual(levels(CHINESE), levels(ENGLISH));
});

for (const document of GUIDES) {
  test(`the table of options in ${document} is that of the types`, () => {
    const facts = optionFacts();
    const rows = tableRows(document, OPTION_HEADERS[document] ?? "");
    assert.deepEqual(
      rows.map(([option]) => quoted(option)),
      facts.map(({ name }) => name),
    );
    for (const { name, isRequired, defaultValue, numbers } of facts) {
      const row = rows.find(([option]) => quoted(option) === name) ?? [];
      assert.equal(/required|必填/.test(row[2] ?? ""), isRequired, `${name}: required or not`);
      if (defaultValue && defaultValue !== "none")
        assert.equal(quoted(row[2]), defaultValue, `${name}: default`);
      for (const number of numbers)
        assert.ok(row.join(" ").includes(number), `${name}: ${number} is missing`);
    }
  });

  test(`the table of errors in ${document} has the kinds of the types`, () => {
    const rows = tableRows(document, "`kind`");
    assert.deepEqual(
      rows.map(([kind]) => quoted(kind)),
      errorKinds(),
    );
  });

  test(`the table of fields in ${document} gives each kind the fields of the types`, (t) => {
    const rows = tableRows(document, FIELD_HEADERS[document] ?? "");
    const checks = errorKinds().map((kind, index) => {
      const fields = rows
        .filter(([, of]) => kindsIn(of ?? "").includes(kind))
        .map(([field]) => quoted(field));
      return `export const check${index}: Same<FieldsOf<"${kind}">, "${fields.join('" | "')}"> = true;\n`;
    });
    assert.equal(compile(t, { "fields.ts": FIELDS_OF + checks.join("") }), "");
  });
}

for (const document of DOCUMENTS) {
  test(`what ${document} refers to is there`, () => {
    const text = read(document);
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) =>
      join(dirname(document), target),
    );
    const paths = [...text.matchAll(/`((?:src|tests|scripts|pkg|www)\/[\w./-]*\w)\/?`/g)].map(
      ([, path = ""]) => path,
    );
    const missing = [...links, ...paths].filter((path) => !GENERATED.test(path) && !exists(path));
    assert.deepEqual(missing, []);
  });

  test(`the anchors of ${document} lead to its headings`, () => {
    const headings = prose(document).match(/^#+ .*$/gm) ?? [];
    const anchors = headings.map((heading) => slug(heading.replace(/^#+ /, "")));
    const used = [...read(document).matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    assert.deepEqual(
      used.filter((anchor) => !anchors.includes(anchor ?? "")),
      [],
    );
  });

  test(`the npm commands of ${document} are scripts of package.json`, () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const used = [...read(document).matchAll(/npm (?:run ([\w:]+)|(start|test)\b)/g)].map(
      ([, run, own]) => run ?? own,
    );
    assert.deepEqual(
      used.filter((name) => !Object.hasOwn(scripts, name ?? "")),
      [],
    );
  });
}

test("the layers in ARCHITECTURE.md are those of the code", () => {
  const rows = (text: string) =>
    [...text.matchAll(/^(?:\/\/! )?\|\s+(\d)\s+\|\s+([^|]+) \|/gm)].map(([, row, modules = ""]) => [
      row,
      [...modules.matchAll(/`(\w+)`/g)].map(([, module]) => module),
    ]);
  const code = ["core", "web"].flatMap((area) => rows(read(`src/${area}/mod.rs`)));
  assert.ok(code.length > 0);
  assert.deepEqual(rows(read("ARCHITECTURE.md")), code);
});

test("the licences in the package are those of the project", () => {
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) assert.equal(read(`pkg/${name}`), read(name));
});

test("the licence, the manifests and the documents agree", () => {
  const expression = "MIT OR Apache-2.0";
  assert.equal((JSON.parse(read("pkg/package.json")) as { license: string }).license, expression);
  assert.match(read("Cargo.toml"), new RegExp(`^license = "${expression}"$`, "m"));
});

test("the changelog has the version of the package", () => {
  const { version } = JSON.parse(read("pkg/package.json")) as { version: string };
  assert.match(read("CHANGELOG.md"), new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\]`, "m"));
});

/** "`a`", "all", "all but `a`", or "`a` to `b`" in the order of the kinds. */
function kindsIn(cell: string): string[] {
  const kinds = errorKinds();
  const named = [...cell.matchAll(/`([^`]+)`/g)].map(([, kind = ""]) => kind);
  const [first = "", last = first] = named;
  if (/^(all|全部)$/.test(cell)) return kinds;
  if (/all but|以外/.test(cell)) return kinds.filter((kind) => !named.includes(kind));
  return kinds.slice(kinds.indexOf(first), kinds.indexOf(last) + 1);
}

/** A document without its code blocks, in which "#" begins a comment. */
function prose(document: string): string {
  return read(document).replaceAll(/^```.*?^```$/gms, "");
}

/** The anchor of a heading, as GitHub makes it. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
