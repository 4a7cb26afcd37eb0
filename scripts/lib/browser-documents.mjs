// docs/browsers.md in each language: the oldest browsers that the entries work in, and why.
import { ENGINES } from "./features.mjs";
import { ENTRIES, floorOf, OPTIONAL } from "./floor.mjs";
import { table } from "./table.mjs";

/** Older than all that is told: browsers without it run no modules either. */
const SINCE = 62;

const ENGLISH = {
  title: "Browsers",
  lead: [
    "[简体中文](browsers.zh-CN.md)",
    "The oldest browsers that each entry works in. `npm run report -- browsers` writes this page from the published files and from MDN's [compatibility data](https://github.com/mdn/browser-compat-data).",
    "All scripts are ES2019; those of `ecs-detach-volume/auto` also have `import()`. The version of Chromium is never lower than the oldest that `npm test` tries: it runs 80, 88, 109, 114 and a current one, and current Firefox and WebKitGTK. The versions of Firefox and Safari come from the newest feature that an entry needs.",
  ],
  entry: "Entry",
  features: "What decides",
  featuresLead: "What the entries need, if it is newer than Chromium 61.",
  feature: "Feature",
  usedBy: "Entries",
  optional: "What is not needed",
  optionalLead: "If a browser lacks one of these, the package does without it.",
  instead: "Without it",
  policy: "WebAssembly under a policy",
  policyLines: [
    "`script-src 'wasm-unsafe-eval'` is understood by Chromium 97, Firefox 102 and Safari 16 and newer. Before that, only `'unsafe-eval'` allows WebAssembly if there is a policy; `ecs-detach-volume/auto` needs neither.",
  ],
  language: "en",
  names: {},
  comma: ", ",
  browsers: ["Chromium", "Firefox", "Safari"],
};

const CHINESE = {
  title: "浏览器",
  lead: [
    "[English](browsers.md)",
    "各入口可用的最低浏览器版本。本页由 `npm run report -- browsers` 根据发布的文件和 MDN 的[兼容性数据](https://github.com/mdn/browser-compat-data)生成。",
    "所有脚本均为 ES2019；`ecs-detach-volume/auto` 的脚本另外使用 `import()`。Chromium 的最低版本只取 `npm test` 实测过的版本：80、88、109、114 和当前版本；当前版本的 Firefox 和 WebKitGTK 也经过测试。Firefox 和 Safari 的版本取决于该入口不可缺少的最新特性。",
  ],
  entry: "入口",
  features: "决定因素",
  featuresLead: "各入口不可缺少、且晚于 Chromium 61 的特性。",
  feature: "特性",
  usedBy: "入口",
  optional: "非必需的特性",
  optionalLead: "浏览器缺少以下特性时，本包仍可使用。",
  instead: "缺少时",
  policy: "内容安全策略下的 WebAssembly",
  policyLines: [
    "Chromium 97、Firefox 102、Safari 16 起支持 `script-src 'wasm-unsafe-eval'`。在更早的版本中，设有策略时只有 `'unsafe-eval'` 允许 WebAssembly；`ecs-detach-volume/auto` 两者都不需要。",
  ],
  language: "zh",
  names: {
    "WebAssembly: several results": "WebAssembly：多返回值",
    "WebAssembly: bulk memory": "WebAssembly：批量内存操作",
    "WebAssembly: conversions that do not trap": "WebAssembly：不会陷入的转换",
    "`catch` without a name": "不带变量的 `catch`",
  },
  comma: "、",
  browsers: ["Chromium", "Firefox", "Safari"],
};

/** The pages by their paths. */
export function browserDocuments() {
  const floors = Object.entries(ENTRIES).map(([entry, files]) => ({
    entry: `\`ecs-detach-volume${entry.slice(1)}\``,
    ...floorOf(files),
  }));
  return {
    "docs/browsers.md": pageOf(ENGLISH, floors),
    "docs/browsers.zh-CN.md": pageOf(CHINESE, floors),
  };
}

function pageOf(words, floors) {
  const { title, lead, entry, features, featuresLead, feature, usedBy, browsers, names, comma } = words;
  const versions = (of) => ENGINES.map((engine) => String(of[engine]));
  return `${[
    `# ${title}`,
    ...lead,
    table(
      [entry, ...browsers],
      floors.map((one) => [one.entry, ...versions(one.floor)]),
    ),
    `## ${features}`,
    featuresLead,
    table(
      [feature, ...browsers, usedBy],
      rowsOf(floors, ({ needed }) => needed.filter(({ versions: { chrome } }) => chrome >= SINCE)).map(
        ([of, entries]) => [names[of.name] ?? of.name, ...versions(of.versions), entries.join(comma)],
      ),
    ),
    `## ${words.optional}`,
    words.optionalLead,
    table(
      [feature, ...browsers, words.instead],
      rowsOf(floors, ({ features: all }) => all.filter(({ name }) => name in OPTIONAL)).map(([of]) => [
        of.name,
        ...versions(of.versions),
        OPTIONAL[of.name][words.language],
      ]),
    ),
    `## ${words.policy}`,
    ...words.policyLines,
  ].join("\n\n")}\n`;
}

/** Each feature once, with the entries that have it; the youngest first. */
function rowsOf(floors, featuresOf) {
  const rows = new Map();
  for (const floor of floors) {
    for (const feature of featuresOf(floor)) {
      const [, entries] = rows.get(feature.name) ?? rows.set(feature.name, [feature, []]).get(feature.name);
      entries.push(floor.entry);
    }
  }
  const order = ([{ name, versions }]) => [-versions.chrome, name];
  return [...rows.values()].sort((a, b) => {
    const [[one, first], [other, second]] = [order(a), order(b)];
    return one - other || (first < second ? -1 : 1);
  });
}
