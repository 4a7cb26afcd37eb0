// What the published files need of a browser, read from the files: syntax and web APIs from scripts, and instructions
// from the module. Versions come from MDN's compatibility data.
import compatibility from "@mdn/browser-compat-data" with { type: "json" };
import { parse } from "acorn";
import { full } from "acorn-walk";
import { capture, npmBin, Stop } from "./run.mjs";

const { api, javascript, webassembly } = compatibility;
const { builtins, operators, statements, regular_expressions: patterns } = javascript;

/** @typedef {"chrome" | "firefox" | "safari"} Engine */
/** @typedef {{ name: string, versions: Record<Engine, number> }} Feature */

export const ENGINES = /** @type {const} */ (["chrome", "firefox", "safari"]);

/** Objects whose members are looked for by name alone, as the files do not tell what an expression is. */
const MEMBERS_OF = {
  builtins:
    "Array ArrayBuffer Date Error Function Map Number Object Promise RegExp Set String Symbol TypedArray WeakMap",
  api: "AbortController AbortSignal EventTarget Headers ReadableStream ReadableStreamDefaultReader Request Response TextDecoder TextEncoder",
};
const OWNERS = [
  ...MEMBERS_OF.builtins.split(" ").map((name) => ({ name, members: builtins[name] })),
  ...MEMBERS_OF.api.split(" ").map((name) => ({ name, members: api[name] })),
];

/** Syntax that is younger than 2015, by a test of a node. */
const SYNTAX = [
  ["modules", statements.import, ({ type }) => /^(Import|Export)\w*Declaration$/.test(type)],
  ["`import()`", operators.import, ({ type }) => type === "ImportExpression"],
  ["`async`", statements.async_function, ({ async }) => async === true],
  ["`for await`", statements.for_await_of, (node) => node.type === "ForOfStatement" && node.await],
  [
    "`catch` without a name",
    statements.try_catch.optional_catch_binding,
    (node) => node.type === "CatchClause" && !node.param,
  ],
  [
    "`{ ...object }`",
    operators.spread.spread_in_object_literals,
    (node) =>
      node.type === "ObjectExpression" && node.properties.some(({ type }) => type === "SpreadElement"),
  ],
  [
    "`const { ...rest }`",
    operators.destructuring.rest_in_objects,
    (node) => node.type === "ObjectPattern" && node.properties.some(({ type }) => type === "RestElement"),
  ],
  ["lookbehind", patterns.lookbehind_assertion, ({ regex }) => /\(\?<[=!]/.test(regex?.pattern)],
  ["named groups", patterns.named_capturing_group, ({ regex }) => /\(\?<[^=!]/.test(regex?.pattern)],
  [
    "classes of Unicode",
    patterns.unicode_character_class_escape,
    ({ regex }) => regex?.flags.includes("u") && /\\p\{/i.test(regex.pattern),
  ],
  ["`.` for all characters", builtins.RegExp.dotAll, ({ regex }) => regex?.flags.includes("s")],
];

/** What a module may use beyond the first version of WebAssembly, each with the options of wasm-opt that allow it. */
const INSTRUCTIONS = [
  ["bulk memory", webassembly["bulk-memory-operations"], ["bulk-memory", "bulk-memory-opt"]],
  [
    "conversions that do not trap",
    webassembly["non-trapping-float-to-int-conversions"],
    ["nontrapping-float-to-int"],
  ],
  ["exceptions", webassembly["exception-handling"], ["exception-handling"]],
  ["reference types", webassembly["reference-types"], ["reference-types"]],
  ["several results", webassembly["multi-value"], ["multivalue"]],
  ["sign extension", webassembly["sign-extension-operations"], ["sign-ext"]],
  ["SIMD", webassembly["fixed-width-SIMD"], ["simd"]],
  ["tail calls", webassembly["tail-calls"], ["tail-call"]],
];

/**
 * What a script needs; what nobody knows of is no feature of a platform.
 *
 * @param {string} code
 * @returns {Feature[]}
 */
export function featuresOfScript(code) {
  const declared = new Set();
  const used = new Map();
  const use = (name, compat) => compat?.__compat && used.set(name, compat);
  const names = new Set();
  full(parse(code, { ecmaVersion: "latest", sourceType: "module" }), (node) => {
    for (const [name, compat, isUsed] of SYNTAX) if (isUsed(node)) use(name, compat);
    if (node.type === "VariablePattern") declared.add(node.name);
    if (/^(Function|Class)/.test(node.type) && node.id) declared.add(node.id.name);
    if (node.type === "Identifier") names.add(node.name);
    for (const [owner, name] of membersOf(node)) use(...memberOf(owner, name));
  });
  for (const name of names) if (!declared.has(name)) use(`\`${name}\``, globalOf(name));
  return [...used].map(featureOf);
}

/**
 * What a module needs: what it is not valid without.
 *
 * @param {string} file
 * @returns {Feature[]}
 */
export function featuresOfModule(file) {
  const isValidWith = (all) => {
    const allowed = all.flatMap(([, , options]) => options.map((option) => `--enable-${option}`));
    return (
      capture(npmBin("wasm-opt"), ["--mvp-features", "--enable-mutable-globals", ...allowed, file]) !== null
    );
  };
  if (!isValidWith(INSTRUCTIONS))
    throw new Stop(`${file} uses what scripts/lib/features.mjs does not know of`);
  const used = INSTRUCTIONS.filter((one) => !isValidWith(INSTRUCTIONS.filter((other) => other !== one)));
  return used.map(([name, compat]) => featureOf([`WebAssembly: ${name}`, compat]));
}

/** The members that a node reads, each with what it is read from, where that has a name. */
function membersOf(node) {
  if (node.type === "MemberExpression" && !node.computed) {
    return [[node.object.type === "Identifier" ? node.object.name : null, node.property.name]];
  }
  if (node.type === "ObjectPattern") {
    return node.properties.filter(({ key, computed }) => key && !computed).map(({ key }) => [null, key.name]);
  }
  return [];
}

/** A member, and what is known of it: where several have the name, of the oldest. */
function memberOf(owner, name) {
  if (owner === "globalThis") return [`\`${name}\``, globalOf(name)];
  const known = builtins[owner]?.[name] ?? api[owner]?.[`${name}_static`];
  if (known) return [`\`${owner}.${name}\``, known];
  const found = OWNERS.filter(({ members }) => members[name]?.__compat).map(({ name: of, members }) => ({
    of,
    compat: members[name],
  }));
  found.sort((a, b) => versionOf(a.compat, "chrome") - versionOf(b.compat, "chrome"));
  return [`\`${found[0]?.of}.${name}\``, found[0]?.compat];
}

function globalOf(name) {
  const known = (table) => (Object.hasOwn(table, name) ? table[name] : undefined);
  return known(builtins) ?? known(api) ?? known(api.Window);
}

function featureOf([name, compat]) {
  return { name, versions: Object.fromEntries(ENGINES.map((engine) => [engine, versionOf(compat, engine)])) };
}

/** The first version that has it, without a setting; `Infinity`: none. */
function versionOf({ __compat: { support } }, engine) {
  const full = [support[engine] ?? []]
    .flat()
    .filter(
      (one) =>
        one.version_added &&
        !one.flags &&
        !one.prefix &&
        !one.alternative_name &&
        !one.partial_implementation &&
        !one.version_removed,
    );
  const versions = full.map(({ version_added: version }) =>
    Number.parseFloat(String(version).replace("≤", "")),
  );
  return Math.min(...versions.map((version) => (Number.isNaN(version) ? Number.POSITIVE_INFINITY : version)));
}
