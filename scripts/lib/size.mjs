// What a page loads, and whether it stays within the budget.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { root, Stop } from "./run.mjs";
import { writeSize } from "./size-in-documents.mjs";
import { fileOf } from "./subpaths.mjs";

/**
 * The most that a page may have to load, in bytes after brotli: index.js, with the module inside. To be kept close
 * above what the features need.
 */
export const BUDGET = 36_900;

export function printSizes() {
  const measure = (file) => {
    const bytes = readFileSync(join(root, "pkg", file));
    return {
      raw: bytes.length,
      gzip: gzipSync(bytes, { level: 9 }).length,
      brotli: brotliCompressSync(bytes).length,
    };
  };
  const page = measure("index.js");
  const rows = {
    "index.js (all that a page loads)": page,
    "the module alone": measure("ecs_detach_volume.wasm"),
    "asm (without WebAssembly)": measure(fileOf("asm", "js")),
    "auto (with, where it can)": measure(fileOf("auto", "js")),
    "asm-module.js (loaded by it)": measure("asm-module.js"),
    "messages (all languages)": measure(fileOf("messages", "js")),
    "messages/en (English alone)": measure(fileOf("messages/en", "js")),
    "messages/zh-cn (Chinese alone)": measure(fileOf("messages/zh-cn", "js")),
  };
  console.log("\nsize in bytes".padEnd(36), "raw".padStart(8), "gzip".padStart(8), "brotli".padStart(8));
  for (const [name, { raw, gzip, brotli }] of Object.entries(rows)) {
    console.log(name.padEnd(35), ...[raw, gzip, brotli].map((size) => String(size).padStart(8)));
  }
  writeSize(page.brotli);
  if (page.brotli > BUDGET) throw new Stop(`index.js is over its budget of ${BUDGET} bytes (brotli)`);
}
