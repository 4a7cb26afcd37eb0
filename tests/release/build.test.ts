// What the build does to the module and to the glue.
import assert from "node:assert/strict";
import { test } from "node:test";
import { noticeGrowth, shortenNames, wrapAsm, wrapGlue } from "../../scripts/lib/glue.mjs";

const GLUE = `
import { sleep, wait as pause } from "/pkg/loader/host.js";
export const Kind = Object.freeze({ One: 1 });
export class Call { enter() { return wasm.enter(sleep, pause, new TextDecoder("utf-8")); } }
export function run() { return wasm.run(typeof FinalizationRegistry === "undefined"); }
function __wbg_get_imports() { return { out: {} }; }
let wasm;
function __wbg_finalize_init(instance) { wasm = instance.exports; }
async function __wbg_init() { return fetch("a module"); }
function initSync() {}
export { initSync, __wbg_init as default };`;

/** The wrapped glue as it would run, with what it imports. */
async function evaluate(glue: string) {
  const code = (await wrapGlue(glue)).replaceAll(/^\s*import .*;$/gm, "").replace("export ", "");
  const imported = ["utf8Decoder", "utf8Encoder", "sleep", "pause"];
  const values = ["decoder", "encoder"].map(
    (name) =>
      function made() {
        return { name };
      },
  );
  return new Function(...imported, `${code}; return createGlue;`)(...values, "sleep", "pause");
}

test("each glue has its own instance, and gives what Rust exports", async () => {
  const createGlue = await evaluate(GLUE);
  const [one, other] = [createGlue(), createGlue()];
  assert.deepEqual(one.imports, { out: {} });
  const exportsOf = (name: string) => ({
    run: (isWithout: boolean) => [name, isWithout],
    enter: (...args: unknown[]) => [name, ...args],
  });
  const [first, second] = [one.bind(exportsOf("first")), other.bind(exportsOf("second"))];
  assert.deepEqual(Object.keys(first), ["Kind", "Call", "run"]);
  // No FinalizationRegistry, and the loader's decoder.
  assert.deepEqual(
    [first.run(), second.run()],
    [
      ["first", true],
      ["second", true],
    ],
  );
  assert.deepEqual(new first.Call().enter(), ["first", "sleep", "pause", { name: "decoder" }]);
});

test("the glue imports files of the loader and nothing else, outside the function", async () => {
  const code = await wrapGlue(GLUE);
  assert.match(code, /^\s*import \{ sleep, wait as pause \} from "\.\/pkg\/loader\/host\.js";$/m);
  await assert.rejects(wrapGlue(GLUE.replace("/pkg/loader/host.js", "elsewhere")), /imports elsewhere/);
});

test("what fetches a module is left out", async () => {
  assert.doesNotMatch(await wrapGlue(GLUE), /fetch|initSync/);
});

test("short names stand in the glue where the long ones were, and nowhere else", () => {
  const glue = `const imports = { "./ecs_detach_volume_bg.js": { __wbg_call: function () { return wasm.long(other.long); } } };
    wasm.kept = "wasm.long";`;
  const names = { imports: [["./ecs_detach_volume_bg.js", "__wbg_call", "b"]], exports: [["long", "c"]] };
  assert.equal(
    shortenNames(glue, names),
    `const imports = { "a": { b: function () { return wasm.c(other.long); } } };
    wasm.kept = "wasm.long";`,
  );
  const unknown = { ...names, imports: [["m", "__wbg_gone", "b"]] };
  assert.throws(() => shortenNames(glue, unknown), /does not hold __wbg_gone/);
});

test("a view of memory that has grown is told by its buffer", () => {
  const bytes = "cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.byteLength === 0";
  assert.equal(
    noticeGrowth(bytes),
    "cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.buffer !== wasm.memory.buffer",
  );
  const data =
    "cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && x)";
  assert.equal(noticeGrowth(data), "cachedDataViewMemory0.buffer !== wasm.memory.buffer");
  for (const other of ["", `${bytes}; other.byteLength; cachedInt8ArrayMemory0.byteLength`]) {
    assert.throws(() => noticeGrowth(other), /in another way/);
  }
});

test("plain JavaScript becomes a function of its imports, and its trap has a name", () => {
  const script = [
    "import * as a from './glue.js';",
    "function asmFunc(imports) { return { trap() { throw new Error('abort'); }, imports }; }",
    "var retasmFunc = asmFunc({ a });",
    "export var trap = retasmFunc.trap;",
  ];
  const instantiate = new Function(
    `${wrapAsm(script.join("\n")).replace("export ", "")}; return instantiate;`,
  )();
  const { trap, imports } = instantiate({ a: 1 });
  assert.throws(trap, /^Error: unreachable in asm$/);
  assert.deepEqual(imports, { a: 1 });
  assert.throws(() => wrapAsm(script.slice(1).join("\n")), /as expected/);
  assert.throws(() => wrapAsm(script.join("\n").replace("abort", "stop")), /as expected/);
});
