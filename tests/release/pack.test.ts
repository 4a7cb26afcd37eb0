import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import binaryen from "binaryen";
import { transform } from "esbuild";
import { unpack } from "../../pkg/loader/unpack.js";
import { shortenNames, wrapGlue } from "../../scripts/lib/glue.mjs";
import { pack, spell } from "../../scripts/lib/pack.mjs";

function assemble(body: string, features = binaryen.Features.MVP) {
  const module =
    binaryen.parseText(`(module (memory (export "memory") 1) (data (i32.const 8) "\\00\\7f\\80\\ff~\`\\22")
    (table 1 funcref) (elem (i32.const 0) $same) (type $number (func (param i32) (result i32)))
    (global $counter (mut i32) (i32.const -1))
    (func $same (type $number) (local.get 0))
    (func (export "run") (param i32) (result i32) (local f64 i64) ${body}))`);
  module.setFeatures(features);
  return module.emitBinary();
}

const EVERY_KIND = `
  (block $out
    (block $two
      (block $one (br_table $one $two $out (local.get 0)))
      (memory.fill (i32.const 64) (i32.const 7) (i32.const 300))
      (memory.copy (i32.const 600) (i32.const 64) (i32.const 300)))
    (loop $again
      (i64.store align=1 (i32.const 1000) (i64.const -123456789012))
      (local.set 1 (f64.add (f64.const 1.5) (f64.convert_i32_s (i32.trunc_sat_f64_s (f64.const 2.5)))))
      (f32.store align=1 (i32.const 1008) (f32.const 0.25))
      (local.set 2 (i64.load align=1 (i32.const 1000)))
      (global.set $counter (i32.add (global.get $counter) (i32.const 1)))
      (br_if $again (i32.lt_s (global.get $counter) (local.tee 0 (i32.const 3))))))
  (drop (memory.grow (i32.const 1)))
  (if (i32.eqz (local.get 0))
    (then (return (memory.size))))
  (call_indirect (type $number) (local.get 0) (i32.const 0))`;

test("a module with every kind of operand comes back as it was, and runs", () => {
  const bytes = assemble(EVERY_KIND, binaryen.Features.BulkMemory | binaryen.Features.NontrappingFPToInt);
  const unpacked = unpack(pack(bytes));
  assert.deepEqual(Buffer.from(unpacked), Buffer.from(bytes));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(unpacked));
  const { run } = exports as unknown as { run(number: number): number };
  assert.deepEqual([run(0), run(7)], [3, 7]);
});

test("the unpacker is one that browsers compile at once: older ones refuse more than 4 KiB", () => {
  const { unpacker } = pack(assemble(EVERY_KIND, binaryen.Features.All));
  assert.ok(Buffer.from(unpacker, "base64").length <= 4096);
});

test("the text is printable ASCII", () => {
  const { text, unpacker } = pack(assemble(EVERY_KIND, binaryen.Features.All));
  assert.match(text, /^[ -~]+$/);
  assert.match(unpacker, /^[A-Za-z0-9+/]+=*$/);
});

test("the order saves at least a kilobyte, or it would not be worth its code", () => {
  const bytes = readFileSync(new URL("../../pkg/ecs_detach_volume.wasm", import.meta.url));
  const { text, unpacker } = pack(bytes);
  const size = (script: string) => brotliCompressSync(script).length;
  assert.ok(size(text + unpacker) + 1_000 <= size(spell([...bytes])));
});

test("short names save at least a kilobyte, or they would not be worth their code", async () => {
  const built = (name: string) =>
    new Uint8Array(readFileSync(new URL(`../../target/wasm/glue/${name}`, import.meta.url)));
  const [long, short] = [built("ecs_detach_volume_small.wasm"), built("ecs_detach_volume.wasm")];
  const glue = new TextDecoder().decode(built("ecs_detach_volume.js"));
  const size = async (bytes: Uint8Array, script: string) => {
    const { code } = await transform(await wrapGlue(script), { minify: true });
    return brotliCompressSync(pack(bytes).text + code).length;
  };
  assert.ok(
    (await size(short, shortenNames(glue, namesOf(long, short)))) + 1_000 <= (await size(long, glue)),
  );
});

/** What the imports and exports of a module are called in another one, which has them in the same order. */
function namesOf(long: Uint8Array<ArrayBuffer>, short: Uint8Array<ArrayBuffer>) {
  const [before, after] = [new WebAssembly.Module(long), new WebAssembly.Module(short)];
  const renamed = WebAssembly.Module.imports(after);
  const exported = WebAssembly.Module.exports(after);
  return {
    imports: WebAssembly.Module.imports(before).map(({ module, name }, at) => [
      module,
      name,
      renamed[at]?.name ?? "",
    ]),
    exports: WebAssembly.Module.exports(before).map(({ name }, at) => [name, exported[at]?.name ?? ""]),
  };
}

test("what it could not bring back is refused", () => {
  assert.throws(() => pack(assemble("(i32.load align=4 (local.get 0))")), /alignment/);
  const simd = "(i32x4.extract_lane 0 (i32x4.splat (local.get 0)))";
  assert.throws(() => pack(assemble(simd, binaryen.Features.All)), /operation 253, unknown/);
});
