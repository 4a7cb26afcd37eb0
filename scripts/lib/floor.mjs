// The oldest browsers that each entry works in: what its files need, and what was tried.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "acorn";
import { full } from "acorn-walk";
import { ENGINES, featuresOfModule, featuresOfScript } from "./features.mjs";
import { root } from "./run.mjs";
import { fileOf } from "./subpaths.mjs";

/** The syntax of all that is published: what webpack 4 and Vue CLI 4 parse. */
const ECMA_VERSION = 2019;

/** The only file with `import()`, which is of 2020: webpack 4 and all browsers with modules know it. */
const LOADS_LATE = [fileOf("auto", "js")];

const scriptsOf = (...subpaths) => subpaths.flatMap((name) => [fileOf(name, "js"), fileOf(name, "cjs")]);

/** The entries, with the files that they are made of, and the oldest Chromium that tests/floor tries each in. */
export const ENTRIES = {
  ".": { scripts: ["index.js", "index.cjs"], module: "ecs_detach_volume.wasm", tried: 88 },
  "./auto": { scripts: [...scriptsOf("auto"), "asm-module.js", "asm-module.cjs"], tried: 80 },
  "./asm": { scripts: scriptsOf("asm"), tried: 80 },
  // Names that its own records have, too.
  "./testing": { scripts: scriptsOf("testing"), tried: 80, own: ["`Array.at`", "`Request.bytes`"] },
  "./messages": { scripts: scriptsOf("messages", "messages/en", "messages/zh-cn"), tried: 80 },
};

/** What the files use where it is there, and do without where it is not. */
export const OPTIONAL = {
  "`AbortSignal.reason`": { en: "the error of an abort has no cause", zh: "中止的错误没有 `cause`" },
  "`ArrayBuffer.detached`": { en: "buffers are compared", zh: "改为比较缓冲区" },
  "`Error.cause`": { en: "the package sets it itself", zh: "由本包自行设置" },
  "`Symbol.dispose`": { en: "nothing uses it", zh: "没有代码用到它" },
  "`TextEncoder.encodeInto`": { en: "text is encoded and then copied", zh: "先编码再复制" },
  "`reportError`": { en: "`console.error` shows the error", zh: "由 `console.error` 显示错误" },
};

const path = (file) => join(root, "pkg", file);

/**
 * What each entry needs, without what it can do without.
 *
 * @param {{ scripts: string[], module?: string, tried: number, own?: string[] }} entry
 */
export function floorOf({ scripts, module, tried, own = [] }) {
  const features = featuresOf(scripts, module).filter(({ name }) => !own.includes(name));
  const needed = features.filter(({ name }) => !(name in OPTIONAL));
  const oldest = /** @type {import("./features.mjs").Feature["versions"]} */ (
    Object.fromEntries(
      ENGINES.map((engine) => [engine, Math.max(...needed.map(({ versions }) => versions[engine]))]),
    )
  );
  return { features, needed, oldest, floor: { ...oldest, chrome: Math.max(oldest.chrome, tried) } };
}

function featuresOf(scripts, module) {
  const ofScripts = scripts.flatMap((file) => featuresOfScript(readFileSync(path(file), "utf8")));
  const all = [...ofScripts, ...(module ? featuresOfModule(path(module)) : [])];
  return [...new Map(all.map((feature) => [feature.name, feature])).values()];
}

/** Why a published script is not what old tools parse; `null`: it is. */
export function syntaxComplaint(file, code) {
  try {
    parse(LOADS_LATE.includes(file) ? withoutImports(code) : code, {
      ecmaVersion: ECMA_VERSION,
      sourceType: file.endsWith(".cjs") ? "script" : "module",
    });
    return null;
  } catch (error) {
    return `${file}: ${error.message}`;
  }
}

/** The same, with a call of the same length in place of each `import()`. */
function withoutImports(code) {
  const places = [];
  full(parse(code, { ecmaVersion: "latest", sourceType: "module" }), (node) => {
    if (node.type === "ImportExpression") places.push(node.start);
  });
  return places.reduce((text, at) => `${text.slice(0, at)}$mport${text.slice(at + "import".length)}`, code);
}
