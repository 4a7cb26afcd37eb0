// What each part of the module costs, so that a byte spent can be found: the functions by the module of the crate that
// they belong to, as twiggy counts them after optimisation. Then what signing adds.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { bindgen } from "../lib/bindgen.mjs";
import { capture, npmBin, root, run as runProgram, Stop } from "../lib/run.mjs";
import { findTool } from "../lib/toolchain.mjs";

export const about = "what each part of the module costs, what signing adds";
export const writes = "nothing";
export const needs = ["twiggy"];

const folder = join(root, "target/size");
const built = join(root, "target/wasm/wasm32-unknown-unknown/release/ecs_detach_volume.wasm");

/** What a function belongs to, by its name. The first that fits counts. */
const PARTS = [
  ["names", /function names/],
  ["sha2, hmac", /\b(sha2|hmac|digest|block_buffer|hybrid_array|crypto_common)\b/],
  ["ours", /ecs_detach_volume::((?:core|web)::\w+)/],
  ["texts and tables", /data segment/],
  ["imports and exports", /^(import|export) /],
  ["serde", /\bserde/],
  ["wasm-bindgen", /bindgen/],
  ["the standard library", /./],
];

/** The parts that exist for access keys alone. */
const SIGNING = ["core::sign", "sha2, hmac"];

/** The module as it is published, but with the names of its functions. */
function namedModule() {
  mkdirSync(folder, { recursive: true });
  const bound = join(folder, "ecs_detach_volume_bg.wasm");
  const named = join(folder, "named.wasm");
  bindgen(built, folder, { keepNames: true });
  // Kept apart from their callers, so that they can be told from them.
  const apart = ["--no-inline=*core::sign::*", "--no-inline=*core::auth::*"];
  runProgram(npmBin("wasm-opt"), [
    ...apart,
    "-Oz",
    "--converge",
    "--low-memory-unused",
    "-g",
    bound,
    "-o",
    named,
  ]);
  return named;
}

function partOf(name) {
  // Hashes of crates stand in the names.
  const plain = name.replaceAll(/\[[0-9a-f]+\]/g, "");
  for (const [part, pattern] of PARTS) {
    const match = pattern.exec(plain);
    if (match) return part === "ours" ? match[1] : part;
  }
  return "";
}

function measure(module) {
  const json = capture(findTool("twiggy"), ["top", "-n", "1000000", "-f", "json", module]);
  if (json === null) throw new Stop("twiggy could not read the module");
  const sizes = new Map();
  for (const { name, shallow_size: size } of JSON.parse(json)) {
    const part = partOf(name);
    sizes.set(part, (sizes.get(part) ?? 0) + size);
  }
  const names = sizes.get("names") ?? 0;
  sizes.delete("names");
  return { sizes, names };
}

export function run() {
  const module = namedModule();
  const { sizes, names } = measure(module);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const sizeOf = (file) => brotliCompressSync(readFileSync(file)).length;
  const compressed = sizeOf(join(root, "pkg/ecs_detach_volume.wasm"));
  const row = (name, size, share = Math.round((size / total) * compressed)) => {
    console.log(name.padEnd(35), String(size).padStart(8), String(share).padStart(17));
  };
  console.log(
    `\n${"part of the module, in bytes".padEnd(35)} ${"raw".padStart(8)} ${"share of brotli".padStart(17)}`,
  );
  for (const [part, size] of [...sizes].sort(([, a], [, b]) => b - a)) row(part, size);
  row("all", total);
  console.log();
  row(
    "signing with an access key",
    SIGNING.reduce((sum, part) => sum + (sizes.get(part) ?? 0), 0),
  );
  row("names of functions, left out", names, sizeOf(module) - compressed);
}
