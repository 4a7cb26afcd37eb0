// How instances are started, with a module of two functions in place of the core.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plainJavaScript, webAssembly } from "../../pkg/loader/start.js";

/** `(import "a" "b" (func)) (func (export "run") (call 0))`, and `(export "same" (func 1))`. */
const BYTES = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0, 3, 2, 1, 0],
  ...[7, 14, 2, 3, 114, 117, 110, 0, 1, 4, 115, 97, 109, 101, 0, 1, 10, 6, 1, 4, 0, 16, 0, 11],
);

/** A glue that gives what it was bound to. */
function glueOf(calls: string[]) {
  return (() => ({
    imports: { a: { b: () => void calls.push("called out") } },
    bind: (exports: Record<string, unknown>) => exports,
  })) as never;
}

const runOf = async (starting: Promise<{ exports: unknown }>) =>
  ((await starting).exports as { run(): void }).run;

test("each start gives a fresh instance of one module", async () => {
  let made = 0;
  const start = webAssembly(glueOf([]), () => {
    made += 1;
    return new WebAssembly.Module(BYTES);
  });
  const [one, other] = [await start(), await start()];
  assert.equal(one.engine, "webassembly");
  assert.notEqual(one.exports, other.exports);
  assert.equal(made, 1);
});

test("a module that could not be made is made by the next start", async () => {
  let made = 0;
  const start = webAssembly(glueOf([]), async () => {
    made += 1;
    if (made === 1) throw new Error("not yet");
    return WebAssembly.compile(BYTES);
  });
  await assert.rejects(start(), /not yet/);
  assert.equal((await start()).engine, "webassembly");
});

test("the guard stands before every export, and the glue gets what the guard gives", async () => {
  const calls: string[] = [];
  const guard = (exports: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(exports).map(([name, enter]) => [
        name,
        () => {
          calls.push(name);
          (enter as () => void)();
        },
      ]),
    );
  const start = webAssembly(glueOf(calls), () => new WebAssembly.Module(BYTES));
  (await runOf(start({ guard })))();
  const plain = plainJavaScript(glueOf(calls), (imports: WebAssembly.Imports) => ({ run: imports.a?.b }));
  (await runOf(plain({ guard })))();
  assert.deepEqual(calls, ["run", "called out", "run", "called out"]);
});

test("plain JavaScript says that it is that", async () => {
  const start = plainJavaScript(glueOf([]), () => ({}));
  assert.equal((await start()).engine, "javascript");
});
