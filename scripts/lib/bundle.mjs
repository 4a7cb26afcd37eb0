// From the loader, the glue and the module to the files that are published.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root } from "./run.mjs";
import { fileOf } from "./subpaths.mjs";

const pkg = join(root, "pkg");
const wasmFile = "ecs_detach_volume.wasm";

/** The endings of scripts, and what they hold. */
const FORMATS = Object.entries({ js: "esm", cjs: "cjs" });

/** The subpaths that describe errors, each with its source, and the source of its types. */
const MESSAGES = {
  messages: { script: "index.js", types: "types.d.ts" },
  "messages/en": { script: "en/index.js", types: "locale.d.ts" },
  "messages/zh-cn": { script: "zh-cn/index.js", types: "locale.d.ts" },
};

/** The entries with WebAssembly, and the module as a file for those that do not hold it as text. */
export async function bundleWebAssembly({ bytes, packed, glue }) {
  writeFileSync(join(pkg, wasmFile), bytes);
  const modules = virtual({ glue, "module.packed": constants(packed) });
  for (const [ending, format] of FORMATS) {
    await bundleClient("inline.js", `index.${ending}`, format, [modules]);
    const asm = beside("asm-module", `../asm-module.${ending}`);
    await bundleClient("auto.js", fileOf("auto", ending), format, [modules, asm]);
  }
  await bundleClient("workerd.js", "workerd.js", "esm", [modules]);
  await bundleClient("edge-light.js", "edge-light.js", "esm", [modules]);
}

/** The entry without WebAssembly, and the file that `auto` loads where it needs it. */
export async function bundleAsm({ script, glue }) {
  const modules = virtual({ glue, "module.asm": script });
  for (const [ending, format] of FORMATS) {
    await bundleClient("asm.js", fileOf("asm", ending), format, [modules]);
    await bundle("asm-module.js", `asm-module.${ending}`, format, { plugins: [modules] });
  }
}

/** The texts for errors, which need no module. */
export async function bundleMessages() {
  for (const [entry, { script }] of Object.entries(MESSAGES)) {
    for (const [ending, format] of FORMATS) {
      // Chinese takes three bytes a character; escaped, it would take six.
      await bundle(`messages/${script}`, fileOf(entry, ending), format, { charset: "utf8" });
    }
  }
}

/** The types beside each entry, for modules and for CommonJS. */
export function writeTypes() {
  for (const [ending] of FORMATS) {
    const types = `d.${ending.replace("js", "ts")}`;
    copyFileSync(join(root, "src/web/types.d.ts"), join(pkg, `index.${types}`));
    for (const name of ["asm", "auto"]) {
      writeFileSync(join(pkg, fileOf(name, types)), `export * from "../index.${ending}";\n`);
    }
    for (const [entry, source] of Object.entries(MESSAGES)) {
      const declared = readFileSync(join(pkg, "loader/messages", source.types), "utf8");
      writeFileSync(join(pkg, fileOf(entry, types)), declared.replaceAll('.js"', `.${ending}"`));
    }
  }
}

/** An entry with the public functions, by the file of the loader that makes them. */
function bundleClient(client, outfile, format, plugins) {
  return bundle("index.js", outfile, format, {
    alias: { client: join(pkg, "loader", client) },
    external: [`./${wasmFile}`, `./${wasmFile}?module`],
    plugins,
  });
}

/** A file of the loader, with all that it imports, as a file of the package. */
async function bundle(entry, outfile, format, options = {}) {
  await esbuild.build({
    entryPoints: [join(pkg, "loader", entry)],
    outfile: join(pkg, outfile),
    bundle: true,
    minify: true,
    format,
    platform: "neutral",
    // What webpack 4 and Vue CLI 4 parse.
    target: "es2019",
    // CommonJS in tests and old tools has no `import()`; modules have had it from nearly the first browser on.
    supported: { "dynamic-import": format === "esm" },
    banner: bannerOf(format),
    // Frames get their names from it: to keep them in the code takes 770 bytes more after brotli.
    sourcemap: "linked",
    logLevel: "warning",
    ...options,
  });
  tidyMap(join(pkg, `${outfile}.map`));
}

/** Jest before 30 puts code of its own in front of the first line, which a map must not speak of. */
export const bannerOf = (format) => (format === "cjs" ? { js: "// CommonJS" } : {});

/** What Rust adds to the name of a crate. It depends on the folder of a build. */
const CRATE_HASH = /_[0-9a-f]{16}(?=___)/g;

/**
 * Makes a map the same in whatever folder it is built, and leaves out the core as text: nobody would read it, and nothing
 * in it runs.
 */
function tidyMap(file) {
  const map = JSON.parse(readFileSync(file, "utf8"));
  const contents = { "virtual:module.packed": () => "// The module, as text.\n" };
  // Places stay where they are.
  const unhashed = (content) => content.replaceAll(CRATE_HASH, (hash) => "_".padEnd(hash.length, "0"));
  map.sourcesContent = map.sourcesContent.map((content, at) =>
    (contents[map.sources[at]] ?? unhashed)(content),
  );
  map.names = map.names.map((name) => name.replaceAll(CRATE_HASH, ""));
  writeFileSync(file, JSON.stringify(map));
}

/** A file of the package that another one loads when it needs it. */
function beside(name, path) {
  return {
    name: "beside",
    setup: (build) => build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path, external: true })),
  };
}

/** A module of constants. */
function constants(values) {
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join("\n");
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
