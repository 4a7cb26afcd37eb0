// What a page would load of each way: one minified file, by esbuild or by Rolldown, whichever makes it smaller.
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import node from "node-stdlib-browser";
import nodePlugin from "node-stdlib-browser/helpers/esbuild/plugin";
import { rolldown } from "rolldown";

const path = (file) => fileURLToPath(import.meta.resolve(file));
const define = { "process.env.NODE_ENV": '"production"' };
const shim = path("node-stdlib-browser/helpers/esbuild/shim");

/** @param {string} name One of `ways`. @param {boolean} needsNode Whether it uses what only Node has. */
export async function bundle(name, needsNode) {
  const entry = path(`./ways/${name}.js`);
  const made = { esbuild: await byEsbuild(entry, needsNode), Rolldown: await byRolldown(entry, needsNode) };
  const sizes = Object.entries(made).map(([bundler, code]) => ({ bundler, code, ...sizesOf(code) }));
  return sizes.sort((a, b) => a.brotli - b.brotli)[0];
}

async function byEsbuild(entry, needsNode) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    define: needsNode ? { ...define, global: "global" } : define,
    inject: needsNode ? [shim] : [],
    plugins: needsNode ? [nodePlugin(node)] : [],
    logLevel: "error",
    write: false,
  });
  return outputFiles[0].text;
}

async function byRolldown(entry, needsNode) {
  const inject = { Buffer: [shim, "Buffer"], process: [shim, "process"], global: [shim, "global"] };
  const build = await rolldown({
    input: entry,
    platform: "browser",
    preserveEntrySignatures: "strict",
    resolve: needsNode ? { alias: node } : {},
    transform: { target: "es2022", define, inject: needsNode ? inject : {} },
    onLog: () => {},
  });
  const { output } = await build.generate({ format: "esm", minify: true, codeSplitting: false });
  return output[0].code;
}

function sizesOf(code) {
  const bytes = Buffer.from(code);
  return {
    minified: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes).length,
  };
}
