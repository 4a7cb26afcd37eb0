// From wasm-bindgen's glue, the module and pkg/loader/ to the files that are published.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root, Stop } from "./run.mjs";
import { fileOf, writeManifests } from "./subpaths.mjs";
import { pack } from "./unpacker.mjs";

const pkg = join(root, "pkg");
const wasmFile = "ecs_detach_volume.wasm";

/** The endings of scripts, and what they hold. */
const FORMATS = Object.entries({ js: "esm", cjs: "cjs" });

/** What a trap says in the entry without WebAssembly; `pkg/loader/instance.js` looks for it. */
const ASM_TRAP = "unreachable in asm";

/** The subpaths that describe errors, each with its source, and the source of its types. */
export const MESSAGES = {
  messages: { script: "index.js", types: "types.d.ts" },
  "messages/en": { script: "en/index.js", types: "locale.d.ts" },
  "messages/zh-cn": { script: "zh-cn/index.js", types: "locale.d.ts" },
};

/** Writes the entries and types of the package; without those in plain JavaScript where there is none. */
export async function buildEntries(wasm, asm) {
  writeManifests();
  writeFileSync(join(pkg, wasmFile), wasm.bytes);
  const plugin = virtual({
    glue: await wrapGlue(shortenNames(wasm.glue, wasm.names), "new WebAssembly.Instance(module, imports)"),
    "module.packed": inlined(wasm.bytes),
  });
  const bundleClient = (client, outfile, format, plugins = [plugin]) =>
    bundle("index.js", outfile, format, {
      alias: { client: join(pkg, "loader", client) },
      external: [`./${wasmFile}`, `./${wasmFile}?module`],
      plugins,
    });
  for (const [ending, format] of FORMATS) await bundleClient("inline.js", `index.${ending}`, format);
  if (asm) await buildAsmEntries(asm, bundleClient, plugin);
  await bundleClient("workerd.js", "workerd.js", "esm");
  await bundleClient("edge-light.js", "edge-light.js", "esm");
  for (const [types, entry] of Object.entries({ "d.ts": "index.js", "d.cts": "index.cjs" })) {
    copyFileSync(join(root, "src/web/types.d.ts"), join(pkg, `index.${types}`));
    for (const name of ["asm", "auto"]) {
      writeFileSync(join(pkg, fileOf(name, types)), `export * from "../${entry}";\n`);
    }
  }
  await buildMessages();
}

/** The entries in which the module is plain JavaScript, at once or where WebAssembly is refused. */
async function buildAsmEntries(asm, bundleClient, plugin) {
  const asmPlugin = virtual({
    glue: await wrapGlue(shortenNames(asm.glue, asm.names), "{ exports: module(imports) }"),
    "module.asm": wrapAsm(asm.script),
  });
  for (const [ending, format] of FORMATS) {
    const asmModule = `asm-module.${ending}`;
    await Promise.all([
      bundleClient("asm.js", fileOf("asm", ending), format, [asmPlugin]),
      bundleClient("auto.js", fileOf("auto", ending), format, [
        plugin,
        beside("asm-module", `../${asmModule}`),
      ]),
      bundle("asm-module.js", asmModule, format, { plugins: [asmPlugin] }),
    ]);
  }
}

async function buildMessages() {
  const sources = join(pkg, "loader/messages");
  for (const [entry, { script, types }] of Object.entries(MESSAGES)) {
    const declared = readFileSync(join(sources, types), "utf8");
    for (const [ending, format] of FORMATS) {
      // Chinese takes three bytes a character; escaped, it would take six.
      await bundle(`messages/${script}`, fileOf(entry, ending), format, { charset: "utf8" });
      const typesFile = fileOf(entry, `d.${ending.replace("js", "ts")}`);
      writeFileSync(join(pkg, typesFile), declared.replaceAll('.js"', `.${ending}"`));
    }
  }
}

/** A file of the loader, with all that it imports, as a file of the package. */
function bundle(entry, outfile, format, options = {}) {
  return esbuild.build({
    entryPoints: [join(pkg, "loader", entry)],
    outfile: join(pkg, outfile),
    bundle: true,
    minify: true,
    format,
    platform: "neutral",
    target: "es2022",
    // CommonJS in tests and old tools has no `import()`.
    supported: { "dynamic-import": format === "esm" },
    logLevel: "warning",
    ...options,
  });
}

/** A file of the package that another one loads when it needs it. */
function beside(name, path) {
  return {
    name: "beside",
    setup: (build) => build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path, external: true })),
  };
}

/** The module as text, with what it takes to read it. */
function inlined(bytes) {
  return Object.entries(pack(bytes))
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join("\n");
}

/**
 * Puts the glue into a function, so that importing it runs nothing and a second instance is one more call.
 */
async function wrapGlue(glue, instance) {
  const start = `
    export function start(module) {
      const imports = __wbg_get_imports();
      __wbg_finalize_init(${instance}, module);
      return { Operation, Event, Turn };
    }`;
  const { outputFiles } = await esbuild.build({
    stdin: { contents: 'export { start } from "glue.js"' },
    plugins: [virtual({ "glue.js": glue + start })],
    bundle: true,
    format: "esm",
    minifySyntax: true,
    write: false,
  });
  const [body, exports] = outputFiles[0].text.split("export {");
  if (exports?.trim() !== "start\n};")
    throw new Stop("esbuild no longer puts the exports of a bundle at its end");
  return `import { utf8Decoder, utf8Encoder } from "./pkg/loader/utf8.js";
    export function createGlue() { ${body}; return start; }`;
}

/**
 * Puts what wasm2js makes of the module into a function, so that importing it runs nothing and a second instance is one
 * more call.
 */
function wrapAsm(script) {
  const [imports, ...rest] = script.split("\n");
  const at = rest.findIndex((line) => line.startsWith("var retasmFunc = "));
  if (!imports.startsWith("import * as ") || at < 0)
    throw new Stop("wasm2js no longer writes a module as expected");
  // A trap, by the name that the loader knows it by.
  const body = rest.slice(0, at).join("\n").replace("new Error('abort')", `new Error("${ASM_TRAP}")`);
  if (!body.includes(ASM_TRAP)) throw new Stop("wasm2js no longer writes a trap as expected");
  return `export function instantiate(imports) { ${body}; return asmFunc(imports); }`;
}

/** Writes the short names into the glue. */
function shortenNames(glue, { imports, exports }) {
  let text = glue;
  const replace = (pattern, by) => {
    if (!pattern.test(text)) throw new Stop(`wasm-bindgen's glue has changed: ${pattern} is not in it`);
    text = text.replaceAll(new RegExp(pattern, "g"), by);
  };
  const literal = (name) => name.replaceAll(/[$.*+?^()[\]{}|\\/]/g, "\\$&");
  // A function as replacement: names may hold "$".
  for (const [, name, short] of imports) {
    replace(new RegExp(`\\b${literal(name)}: function`), () => `${short}: function`);
  }
  const [, memory] = exports.find(([name]) => name === "memory") ?? [];
  // The glue does not use every export.
  for (const [name, short] of exports) {
    text = text.replaceAll(new RegExp(`\\bwasm\\.${literal(name)}\\b`, "g"), () => `wasm.${short}`);
  }
  replace(new RegExp(literal(`"./ecs_detach_volume_bg.js"`)), () => '"a"');
  // Plain JavaScript does not detach the buffer that has grown; a comparison tells in both worlds.
  const isStale = (view) => `${view}.buffer !== wasm.${memory}.buffer`;
  text = text
    .replaceAll(/(cachedUint8ArrayMemory0)\.byteLength === 0/g, (_, view) => isStale(view))
    .replaceAll(/(cachedDataViewMemory0)\.buffer\.detached === true \|\| \([^)]*\)/g, (_, view) =>
      isStale(view),
    );
  if (/Memory0\.(byteLength|buffer\.detached)/.test(text)) {
    throw new Stop("wasm-bindgen's glue looks in another way whether the memory has grown");
  }
  // The loader gives back the memory of every operation itself.
  replace(/typeof FinalizationRegistry === 'undefined'/, () => "true");
  replace(/\bnew TextDecoder\(/, () => "utf8Decoder(");
  replace(/\bnew TextEncoder\(/, () => "utf8Encoder(");
  return text;
}

/** Modules that exist in memory only. */
function virtual(modules) {
  const names = Object.keys(modules).map((name) => name.replaceAll(".", "\\."));
  return {
    name: "virtual",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^(${names.join("|")})$`) }, ({ path }) => ({
        path,
        namespace: "virtual",
      }));
      build.onLoad({ filter: /.*/, namespace: "virtual" }, ({ path }) => ({
        contents: modules[path],
        loader: "js",
        resolveDir: root,
      }));
    },
  };
}
