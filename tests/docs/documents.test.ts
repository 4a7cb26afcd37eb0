// The documents say what the types, the scripts and the files say.
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { englishPath } from "../../scripts/site/documents.mjs";
import { headings, links } from "../../scripts/site/markdown.mjs";
import { compile } from "./compiler.ts";
import {
  errorKinds,
  exceptions,
  functionFacts,
  memberNames,
  type OptionFacts,
  otherFunctions,
  ownOptions,
  phases,
} from "./contract.ts";
import {
  allQuoted,
  codeBlocks,
  DOCUMENTS,
  exists,
  NPM_PAGE,
  PLACES,
  quoted,
  read,
  tableRows,
  tables,
  translations,
} from "./documents.ts";

const RECIPES = [
  "react/useDetachVolume.ts",
  "react/usePreload.ts",
  "vue/useDetachVolume.ts",
  "angular/detach-volume.ts",
  "react-query/useDetachVolume.ts",
  "vue-query/useDetachVolume.ts",
  "axios/axiosFetch.ts",
  "angular/http-client-fetch.ts",
  "leaving/detachments.ts",
  "leaving/visit.ts",
  "leaving/page.ts",
  "observing/loggedFetch.ts",
  "observing/detachTraced.ts",
  "observing/supportTicket.ts",
  "worker/messages.ts",
  "worker/worker.ts",
  "worker/page.ts",
  "confirm/question.ts",
  "confirm/ConfirmDialog.ts",
];
const TRANSLATIONS = DOCUMENTS.filter((path) => englishPath(path) !== path);
/** What a build makes; not there in a clean clone. */
const GENERATED = /^(pkg\/[\w-]+\.(js|cjs|d\.ts|d\.cts|wasm)|www\/dist|target)/;
/** The first cell of the head of each table, in both languages. */
const HEADERS = {
  functions: ["Function", "函数"],
  options: ["Option", "选项"],
  fields: ["Field", "字段"],
  progress: ["Field of `progress`", "`progress` 的字段"],
} as const;
/** The interfaces whose members each option that is an object has, and where they are listed. */
const OBJECTS = [
  { option: "auth", owners: ["TokenAuth", "AccessKeyAuth"], place: PLACES.authentication },
  { option: "retry", owners: ["RetryOptions"], place: PLACES.options },
];
const memberHeaders = (option: string) => [`Member of \`${option}\``, `\`${option}\` 的成员`] as const;

/** The interfaces whose own members each table of options lists. */
const OPTION_TABLES = [
  ["Connection"],
  ["DetachVolumeOptions"],
  ["WaitOptions"],
  ["DetachVolumeAndWaitOptions"],
  ["GetJobOptions", "ListAttachmentsOptions", "GetAttachmentOptions"],
  ["DetachVolumesOptions"],
  ["FindProjectsOptions"],
];

/** Types for comparing documented fields with those of the types. */
const FIELDS_OF = `
import type { EcsError, EcsErrorKind } from "ecs-detach-volume";
type FieldsOf<Kind extends EcsErrorKind> = Exclude<keyof Extract<EcsError, { kind: Kind }>, keyof Error | "kind">;
type Same<A, B> = [A, B] extends [B, A] ? true : false;
`;

test("every option of every function has a table", () => {
  const owners = functionFacts().flatMap(({ options }) => options.map(({ owner }) => owner));
  assert.deepEqual([...new Set(owners)].sort(), OPTION_TABLES.flat().sort());
});

for (const chinese of TRANSLATIONS) {
  const english = englishPath(chinese);

  test(`${english} and ${chinese} have the same code`, () => {
    const code = (document: string) => codeBlocks(document).map((block) => [block.language, block.code]);
    assert.deepEqual(code(chinese), code(english));
  });

  test(`${english} and ${chinese} have the same outline`, () => {
    const levels = (document: string) => headings(read(document)).map(({ level }) => level);
    assert.deepEqual(levels(chinese), levels(english));
  });
}

test("the code of docs/recipes.md is that of tests/recipes, which is compiled and run", () => {
  assert.deepEqual(
    codeBlocks("docs/recipes.md").map(({ code }) => code),
    RECIPES.map((file) => read(`tests/recipes/${file}`)),
  );
});

for (const [language, document] of translations(PLACES.functions).entries()) {
  const [table, ...others] = tables(document, HEADERS.functions[language] ?? "");

  test(`the table of functions in ${document} is that of the types`, () => {
    assert.deepEqual(
      table?.rows.map(([name, needs, result]) => [quoted(name), allQuoted(needs), quoted(result)]),
      functionFacts().map(({ name, options, resolvesWith }) => [
        name,
        options
          .filter(({ isRequired, owner }) => isRequired && owner !== "Connection")
          .map(({ name }) => name),
        resolvesWith,
      ]),
    );
  });

  test(`the lead of the table of functions in ${document} says which need no connection`, () => {
    const required = ownOptions("Connection").filter(({ isRequired }) => isRequired);
    assert.deepEqual(allQuoted(table?.lead), exceptions(required));
  });

  test(`${document} has all other functions of the types in a table, too`, () => {
    const named = others.flatMap(({ rows }) => rows.map(([name]) => quoted(name).replace(/\(.*/, "")));
    assert.deepEqual(named.sort(), otherFunctions().sort());
  });

  test(`every kind of error is in the table of ${document} once`, () => {
    const [kinds] = tables(document, language === 0 ? "What happened" : "发生了什么");
    assert.deepEqual(
      kinds?.rows.flatMap(([, cell]) => allQuoted(cell)),
      errorKinds(),
    );
  });
}

for (const [language, document] of translations(PLACES.options).entries()) {
  const found = tables(document, HEADERS.options[language] ?? "");

  test(`the tables of options in ${document} are those of the types`, () => {
    assert.equal(found.length, OPTION_TABLES.length);
    for (const [index, owners] of OPTION_TABLES.entries())
      assertOptions(found[index]?.rows ?? [], owners.flatMap(ownOptions));
  });

  test(`each table of options in ${document} names the functions that take it`, () => {
    const facts = functionFacts();
    for (const [index, { lead }] of found.entries()) {
      const owners = OPTION_TABLES[index] ?? [];
      const takers = facts.filter(({ options }) => options.some(({ owner }) => owners.includes(owner)));
      // What all take is not listed; those are that do not take all of it.
      const isForAll = takers.length === facts.length;
      const named = allQuoted(lead).filter((name) => isForAll || facts.some((fact) => fact.name === name));
      const expected = isForAll ? exceptions(owners.flatMap(ownOptions)) : takers.map(({ name }) => name);
      assert.deepEqual(named, expected, owners.join());
    }
  });
}

for (const { option, owners, place } of OBJECTS)
  for (const [language, document] of translations(place).entries())
    test(`the members of ${option} in ${document} are those of the types`, () => {
      const rows = tableRows(document, memberHeaders(option)[language] ?? "");
      assertOptions(
        rows.map(([name = "", byDefault = "", meaning = ""]) => [name, "", byDefault, meaning]),
        owners.flatMap(ownOptions),
      );
    });

for (const [language, document] of translations(PLACES.course).entries()) {
  const first = (header: string) => tableRows(document, header).map(([cell]) => quoted(cell));

  test(`the table of phases in ${document} is that of the types`, () => {
    assert.deepEqual(first("`phase`"), phases());
  });

  test(`the fields of the progress in ${document} are those of the types`, () => {
    assert.deepEqual(first(HEADERS.progress[language] ?? ""), memberNames("Progress"));
  });
}

for (const [language, document] of translations(PLACES.errors).entries()) {
  test(`the table of errors in ${document} has the kinds of the types`, () => {
    const rows = tableRows(document, "`kind`");
    assert.deepEqual(
      rows.map(([kind]) => quoted(kind)),
      errorKinds(),
    );
  });

  test(`the table of fields in ${document} gives each kind the fields of the types`, (t) => {
    const rows = tableRows(document, HEADERS.fields[language] ?? "");
    const checks = errorKinds().map((kind, index) => {
      const fields = rows
        .filter(([, of]) => kindsIn(of ?? "").includes(kind))
        .map(([field]) => quoted(field));
      return `export const check${index}: Same<FieldsOf<"${kind}">, "${fields.join('" | "')}"> = true;\n`;
    });
    assert.equal(compile(t, { "fields.ts": FIELDS_OF + checks.join("") }), "");
  });
}

test("the page on npm lists every option, with its default", () => {
  const rows = tableRows(NPM_PAGE, "Option").map(
    ([names, byDefault]) => [allQuoted(names), byDefault] as const,
  );
  for (const { name, defaultValue } of functionFacts().flatMap(({ options }) => options)) {
    const [, byDefault = ""] = rows.find(([names]) => names.includes(name)) ?? assert.fail(name);
    if (defaultValue && defaultValue !== "none")
      assert.ok(allQuoted(byDefault).includes(defaultValue), `${name}: ${defaultValue}`);
  }
});

test("the page on npm lists every function and every kind", () => {
  const functions = tableRows(NPM_PAGE, "Function").map(([name]) => quoted(name).replace(/\(.*/, ""));
  assert.deepEqual(
    functions.sort(),
    [...functionFacts().map(({ name }) => name), ...otherFunctions()].sort(),
  );
  assert.deepEqual(
    tableRows(NPM_PAGE, "`kind`").flatMap(([kinds]) => allQuoted(kinds)),
    errorKinds(),
  );
});

test("no link of the page on npm leads into the repository", () => {
  const relative = links(read(NPM_PAGE)).filter((target) => !/^(https?:|#)/.test(target));
  assert.deepEqual(relative, []);
});

for (const document of DOCUMENTS) {
  test(`what ${document} refers to is there`, () => {
    const text = read(document);
    const targets = links(text).map((target) => target.replace(/#.*/, ""));
    const files = targets.filter((target) => target && !/^https?:/.test(target));
    const pictures = [...text.matchAll(/\bsrc(?:set)?="(?!https?:)([^"]+)"/g)].map(
      ([, target = ""]) => target,
    );
    const paths = [...text.matchAll(/`((?:src|tests|scripts|pkg|www)\/[\w./-]*\w)\/?`/g)].map(
      ([, path = ""]) => path,
    );
    const missing = [
      ...[...files, ...pictures].map((file) => join(dirname(document), file)),
      ...paths,
    ].filter((path) => !GENERATED.test(path) && !exists(path));
    assert.deepEqual(missing, []);
  });

  test(`the anchors of ${document} lead to its headings`, () => {
    const anchors = headings(read(document)).map(({ anchor }) => anchor);
    const used = links(read(document)).flatMap((target) => (target.startsWith("#") ? [target.slice(1)] : []));
    assert.deepEqual(
      used.filter((anchor) => !anchors.includes(anchor)),
      [],
    );
  });

  test(`the npm commands of ${document} are scripts of package.json`, () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const used = [...read(document).matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
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
    [...text.matchAll(/^(?:\/\/! )?\|\s+(\d+)\s+\|\s+([^|]+) \|/gm)].map(([, row, modules = ""]) => [
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

/** Rows of name, type, default and meaning say what the types say. */
function assertOptions(rows: string[][], facts: OptionFacts[]): void {
  assert.deepEqual(
    rows.map(([name]) => quoted(name)),
    facts.map(({ name }) => name),
  );
  for (const [index, { name, literals, isRequired, defaultValue, numbers }] of facts.entries()) {
    const row = rows[index] ?? [];
    assert.equal(row.length, 4, `${name}: cells`);
    if (literals.length > 0) assert.equal(quoted(row[1]), literals.join(" | "), `${name}: type`);
    assert.equal(/required|必填/.test(row[2] ?? ""), isRequired, `${name}: required or not`);
    if (defaultValue && defaultValue !== "none")
      assert.equal(quoted(row[2]), defaultValue, `${name}: default`);
    for (const number of numbers)
      assert.match(row.slice(2).join(" "), new RegExp(`\\b${number}\\b`), `${name}: ${number} is missing`);
  }
}

/** "all", or some of "`a`" and "`a` to `b`" in the order of the kinds. */
function kindsIn(cell: string): string[] {
  const kinds = errorKinds();
  if (/^(all|全部)$/.test(cell)) return kinds;
  return cell.split(/[,、]/).flatMap((range) => {
    const [first = "", last = first] = allQuoted(range);
    return kinds.slice(kinds.indexOf(first), kinds.indexOf(last) + 1);
  });
}
