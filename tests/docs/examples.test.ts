// Every example of the documents compiles, is run, or is a part of a file that is.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compile } from "./compiler.ts";
import { type CodeBlock, codeBlocks, DOCUMENTS, PLACES, README, ROOT, read, recipe } from "./documents.ts";

/** What is typed into a shell, sent over the network or printed: no program. */
const NO_CODE = ["sh", "http", "text"];
/** What `proxies.test.ts` runs. */
const RUN = ["js", "nginx"];

/** Where the public types are written. */
const TYPES = ["src/web/types.d.ts", "pkg/loader/messages/types.d.ts"];

const SIMULATOR = "tests/simulator/README.md";
/** The simulator's own modules need what they are compiled with. Its examples are parts of a test. */
const OF_SIMULATOR = {
  prelude: "declare const path: string;\ndeclare const init: RequestInit;\n",
  compilerOptions: {
    lib: ["ES2023", "DOM", "DOM.Iterable"],
    types: ["node"],
    allowImportingTsExtensions: true,
  },
};

function filesOf(folder: string, ending: string): string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true }).map(String);
  return names
    .filter((name) => name.endsWith(ending) && !name.includes("node_modules"))
    .map((name) => read(join(folder, name)));
}

/** The examples in the comments of a file, each with the line that it begins in. */
function commented(path: string): { line: number; code: string }[] {
  const text = read(path);
  return [...text.matchAll(/^ \* ```ts\n(.*?)^ \* ```$/gms)].map(({ 1: code = "", index }) => ({
    line: text.slice(0, index).split("\n").length + 1,
    code: code.replaceAll(/^ \* ?/gm, ""),
  }));
}

const testFiles = new Set([...filesOf("tests", ".ts"), ...filesOf("tests", ".cjs")]);

/** What is compiled here: all TypeScript but whole files of the tests, which their suites compile. */
function examples(document: string): CodeBlock[] {
  return codeBlocks(document).filter(({ language, code }) => language === "ts" && !testFiles.has(code));
}

/** Pushed down, so that the compiler's line numbers are the document's. */
const inPlace = ({ line, code }: CodeBlock) => "\n".repeat(line - 1) + code;

for (const document of DOCUMENTS.filter((path) => path !== SIMULATOR && examples(path).length > 0))
  test(`the examples of ${document} compile`, (t) => {
    const modules = examples(document).map((block) => [`line-${block.line}.ts`, inPlace(block)]);
    assert.equal(compile(t, Object.fromEntries(modules)), "");
  });

test(`the examples of ${SIMULATOR} compile, one after the other`, (t) => {
  const program = examples(SIMULATOR)
    .map(({ code }) => code)
    .join("");
  const here = `"${join(ROOT, "tests/simulator")}/`;
  const modules = { "program.ts": program.replaceAll('"../simulator/', here) };
  assert.equal(compile(t, modules, OF_SIMULATOR), "");
});

for (const types of TYPES) {
  test(`the examples in the comments of ${types} compile`, (t) => {
    const modules = commented(types).map(({ line, code }) => [`line-${line}.ts`, code]);
    assert.ok(modules.length > 0);
    assert.equal(compile(t, Object.fromEntries(modules)), "");
  });

  test(`every function of ${types} has an example that calls it`, () => {
    const text = read(types);
    const functions = [...text.matchAll(/^\/\*\*((?:(?!\*\/).)*)\*\/\nexport function (\w+)/gms)];
    assert.equal(functions.length, text.match(/^export function /gm)?.length);
    const without = functions.filter(
      ([, comment = "", name]) => !new RegExp(`@example\n.*\\b${name}\\(`, "s").test(comment),
    );
    assert.deepEqual(
      without.map(([, , name]) => name),
      [],
    );
  });
}

test("every example that calls a proxy sends the header that those for production require", () => {
  const calls = DOCUMENTS.flatMap(examples).filter(
    ({ code }) => code.includes('endpoint: "/api/ecs"') && !code.includes("checkOptions("),
  );
  assert.ok(calls.length > 0);
  for (const { code } of calls) assert.match(code, /headers: \{ "X-CSRF": "1" \}/);
});

test("an example that the types refuse does not compile", (t) => {
  const wrong = `import { detachVolume } from "ecs-detach-volume";
await detachVolume({ endpoint: "/api/ecs", projectId, serverId, volumeId, deleteFlag: 1 });\n`;
  assert.match(
    compile(t, { "wrong.ts": wrong }),
    /'deleteFlag' does not exist in type 'DetachVolumeOptions'/,
  );
});

test("no example is left unchecked", () => {
  const sources = filesOf("src", ".rs");
  const run = new Set([recipe(README, "js"), ...RUN.map((language) => recipe(PLACES.proxies, language))]);
  const isChecked = ({ language, code }: CodeBlock) => {
    if (testFiles.has(code)) return true;
    if (RUN.includes(language)) return run.has(code);
    if (language === "rust")
      return sources.some((source) => withoutIndent(source).includes(withoutIndent(code)));
    return language === "ts" || NO_CODE.includes(language);
  };
  const unchecked = DOCUMENTS.flatMap((document) => {
    const blocks = codeBlocks(document).filter((block) => !isChecked(block));
    return blocks.map(
      ({ language, line }) => `${document}:${line}: ${language || "a block without a language"}`,
    );
  });
  assert.deepEqual(unchecked, []);
});

test("every fence of the documents belongs to a block that the tests can read", () => {
  for (const document of DOCUMENTS) {
    const fences = read(document).match(/^\s*(?:`{3,}|~{3,})/gm) ?? [];
    assert.equal(fences.length, 2 * codeBlocks(document).length, document);
  }
});

function withoutIndent(text: string): string {
  return text.replaceAll(/^ +/gm, "");
}
