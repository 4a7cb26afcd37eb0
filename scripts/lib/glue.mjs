// wasm-bindgen's glue, and the module as plain JavaScript, each as a function: importing them runs nothing, and a second
// instance is one more call.
import { parse } from "acorn";
import { simple } from "acorn-walk";
import * as esbuild from "esbuild";
import { Stop } from "./run.mjs";

/**
 * Names of the platform, as the glue is to see them.
 *
 * The decoder and the encoder are missing in Jest's jsdom. A registry for what nobody holds any more is not wanted: the
 * loader gives back the memory of every call itself, and a late call would enter an instance that has stopped.
 */
const PLATFORM = {
  TextDecoder: "utf8Decoder",
  TextEncoder: "utf8Encoder",
  FinalizationRegistry: "undefined",
};

/**
 * The glue as a module that exports `createGlue`: see `pkg/loader/modules.d.ts`.
 *
 * @param {string} glue
 */
export async function wrapGlue(glue) {
  const { imports, body, names } = takeApart(glue);
  const wanted = `
    glue.imports = __wbg_get_imports();
    glue.bind = (exports) => {
      __wbg_finalize_init({ exports });
      return { ${names.join(", ")} };
    };`;
  // What this does not lead to goes: the functions that fetch a module.
  const { outputFiles } = await esbuild.build({
    stdin: { contents: body + wanted },
    bundle: true,
    format: "esm",
    define: PLATFORM,
    banner: { js: "export function createGlue() { const glue = {};" },
    footer: { js: "return glue; }" },
    write: false,
  });
  return `import { utf8Decoder, utf8Encoder } from "./pkg/loader/utf8.js";
    ${imports}
    ${outputFiles[0].text}`;
}

/** The imports of a module, the rest of it without its `export`s, and the names of what it declares and exports. */
function takeApart(source) {
  const parts = { imports: "", body: "", names: [] };
  for (const node of parse(source, { ecmaVersion: "latest", sourceType: "module" }).body) {
    if (node.type === "ImportDeclaration") {
      parts.imports += importOf(source, node);
    } else if (node.type !== "ExportNamedDeclaration") {
      parts.body += `${source.slice(node.start, node.end)}\n`;
    } else if (node.declaration) {
      const { declarations, id } = node.declaration;
      parts.names.push(...(declarations ?? [{ id }]).map((declared) => declared.id.name));
      parts.body += `${source.slice(node.declaration.start, node.end)}\n`;
    }
    // What remains are lists of functions that fetch a module.
  }
  return parts;
}

/**
 * Writes the short names of a module's imports and exports into its glue: `wasm.long` and, in the lists of imports, `long:`.
 *
 * @param {string} glue
 * @param {{ imports: string[][], exports: string[][] }} names Module, name and short name; name and short name.
 */
export function shortenNames(glue, { imports, exports }) {
  const exported = new Map(exports);
  const imported = new Map(imports.map(([, name, short]) => [name, short]));
  const missing = new Set(imported.keys());
  const edits = [];
  const replace = ({ start, end }, text) => edits.push({ start, end, text });
  simple(parse(glue, { ecmaVersion: "latest", sourceType: "module" }), {
    MemberExpression({ object, property, computed }) {
      if (object.name === "wasm" && !computed && exported.has(property.name))
        replace(property, exported.get(property.name));
    },
    Property({ key }) {
      const name = key.name ?? key.value;
      if (name === "./ecs_detach_volume_bg.js") replace(key, '"a"');
      else if (imported.has(name)) {
        replace(key, imported.get(name));
        missing.delete(name);
      }
    },
  });
  if (missing.size > 0) throw new Stop(`the glue does not hold ${[...missing].join(", ")}`);
  let text = glue;
  for (const { start, end, text: short } of edits.sort((a, b) => b.start - a.start))
    text = text.slice(0, start) + short + text.slice(end);
  return text;
}

/** An import of the loader's: `src/web/host.rs` gives its path from the root of the project. */
function importOf(source, { source: { value }, specifiers }) {
  if (!/^\/pkg\/loader\/[\w-]+\.js$/.test(value))
    throw new Stop(`the glue imports ${value}, which is no file of the loader`);
  const names = specifiers.map(({ start, end }) => source.slice(start, end)).join(", ");
  return `import { ${names} } from ".${value}";\n`;
}

/**
 * Plain JavaScript cannot detach the buffer of a memory that has grown, by which the glue knows that its view is of
 * before. A comparison tells.
 *
 * @param {string} glue
 */
export function noticeGrowth(glue) {
  const isStale = (view) => `${view}.buffer !== wasm.memory.buffer`;
  const text = glue
    .replaceAll(/(cachedUint8ArrayMemory0)\.byteLength === 0/g, (_, view) => isStale(view))
    .replaceAll(/(cachedDataViewMemory0)\.buffer\.detached === true \|\| \([^)]*\)/g, (_, view) =>
      isStale(view),
    );
  if (text === glue || /Memory0\.(byteLength|buffer\.detached)/.test(text)) {
    throw new Stop("wasm-bindgen's glue looks in another way whether the memory has grown");
  }
  return text;
}

/**
 * What wasm2js makes of the module, as a module that exports `instantiate`.
 *
 * @param {string} script
 */
export function wrapAsm(script) {
  const [imports, ...rest] = script.split("\n");
  const at = rest.findIndex((line) => line.startsWith("var retasmFunc = "));
  if (!imports.startsWith("import * as ") || at < 0)
    throw new Stop("wasm2js no longer writes a module as expected");
  // What a trap throws is the cause of an error, so it should not speak of an abort.
  const trap = 'new Error("unreachable in asm")';
  const body = rest.slice(0, at).join("\n").replace("new Error('abort')", trap);
  if (!body.includes(trap)) throw new Stop("wasm2js no longer writes a trap as expected");
  return `export function instantiate(imports) { ${body}; return asmFunc(imports); }`;
}
