// The home page: the beginning of the guide, and figures from the documents that runs have written.

import { Stop } from "../lib/run.mjs";
import { kilobytes, sizeIn } from "../lib/size-in-documents.mjs";
import { codeBlocks, headings, tables } from "./markdown.mjs";
import { GUIDE } from "./pages.mjs";

export const DEMO = "/demo/index.html";

const ACTIONS = {
  en: { start: "Get started", demo: "Try the demo", api: "API" },
  zh: { start: "快速开始", demo: "在线演示", api: "API" },
};

/** What each figure is called, given what was measured. */
const CAPTIONS = {
  en: {
    size: ({ theirs }) => `is all that a page loads (brotli). With Huawei's own SDK it is ${theirs}.`,
    faults: () => "ways to fail, each played through. Where the service had begun, no error denied it.",
    batch: ({ disks, limit }) =>
      `to detach ${disks} disks, behind a gateway whose limit alone asks for ${limit}.`,
    consumers: ({ all }) =>
      `of ${all} bundlers, frameworks, test runners and runtimes tried: it detaches a disk there.`,
  },
  zh: {
    size: ({ theirs }) => `页面需要加载的全部内容（brotli 压缩后）。使用华为云 SDK 时为 ${theirs}。`,
    faults: () => "种失败情形逐一实际演练。只要服务已开始卸载，没有一次报错说“没有开始”。",
    batch: ({ disks, limit }) => `即可卸载 ${disks} 块云硬盘；仅网关的流控就需要 ${limit}。`,
    consumers: ({ all }) => `种用法成功卸载了云硬盘：共试用 ${all} 种构建工具、框架、测试工具和运行时。`,
  },
};

/** Each with the document that it is taken from. */
const FIGURES = {
  size: { path: "docs/benchmarks.md", of: sizeFigure },
  faults: { path: "docs/faults.md", of: faultsFigure },
  batch: { path: "docs/batch.md", of: batchFigure },
  consumers: { path: "docs/consumers.md", of: consumersFigure },
};

/**
 * The home page as a document; its links are those of the guide.
 *
 * @param {Map<string, import("./documents.mjs").Document>} documents
 * @param {boolean} hasDemo
 */
export function homeDocument(documents, hasDemo) {
  const { texts } = documents.get(GUIDE) ?? {};
  if (!texts?.zh) throw new Stop(`${GUIDE} must be there in both languages`);
  return {
    path: "index.md",
    isFile: false,
    texts: {
      en: homeText("en", texts.en, documents, hasDemo),
      zh: homeText("zh", texts.zh, documents, hasDemo),
    },
  };
}

/** The figures of the home page, as text, and what is said of them. */
export function figures(documents) {
  return Object.entries(FIGURES).map(([name, { path, of }]) => {
    const text = documents.get(path)?.texts.en;
    const found = text && of(tables(text).map(records), documents);
    if (!found) throw new Stop(`${path} does not have the figure "${name}" of the home page`);
    return { name, path, ...found };
  });
}

function homeText(language, guide, documents, hasDemo) {
  const { name, lead, install, call, pictures } = beginning(guide);
  const { start, demo, api } = ACTIONS[language];
  const facts = figures(documents).map(
    ({ name, path, figure, ...others }) => `[**${figure}** ${CAPTIONS[language][name](others)}](${path})`,
  );
  const actions = [`[${start}](README.md#install){.primary}`, `[${api}](api/index.md)`];
  if (hasDemo) actions.splice(1, 0, `<a :href="withBase('${DEMO}')" target="_self">${demo}</a>`);
  const parts = [
    '<div class="pitch">',
    `# ${name}`,
    lead,
    `<div class="actions">\n\n${actions.join("\n")}\n\n</div>`,
    '</div>\n<div class="code">',
    install,
    call,
    '</div>\n</div>\n<div class="facts">',
    ...facts,
    "</div>",
    ...pictures,
  ];
  const script = '<script setup>\nimport { withBase } from "vitepress";\n</script>\n\n';
  return `${hasDemo ? script : ""}<div class="opening">\n${parts.join("\n\n")}\n`;
}

/** Name, first paragraph, installation, first call and pictures of a guide. */
function beginning(guide) {
  const [title, section] = headings(guide);
  const preamble = guide.slice(title?.end, section?.start);
  const block = (language, text) => {
    const found = codeBlocks(text).find((one) => one.language === language);
    return found && `\`\`\`${language}\n${found.code}\`\`\``;
  };
  const lead = preamble.trim().split("\n\n")[0];
  const install = block("sh", guide);
  const call = block("ts", guide.slice(section?.start));
  if (!title || !lead || !install || !call)
    throw new Stop(`${GUIDE} must have a first paragraph, an installation and a call`);
  return { name: title.title, lead, install, call, pictures: preamble.match(/^!\[.*$/gm) ?? [] };
}

/** The rows of a table by the names of its columns. */
function records({ header, rows }) {
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""])));
}

const number = (cell) => Number(cell?.replaceAll(",", ""));
const having = (found, ...columns) =>
  found.filter(([row]) => row && columns.every((name) => name in row)).flat();

/** Ours is the one of the guide, which the build writes. */
function sizeFigure(found, documents) {
  const ours = sizeIn(documents.get(GUIDE)?.texts.en ?? "");
  const theirs = having(found, "", "brotli, B").find((row) => row[""] === "Huawei's SDK")?.["brotli, B"];
  return ours && theirs && { figure: ours, theirs: kilobytes(number(theirs)) };
}

function faultsFigure(found) {
  const rows = having(found, "Fault", "Started", "`mayHaveStarted`").filter(
    ({ "`kind`": kind }) => kind !== "accepted",
  );
  const isDenied = rows.some((row) => row.Started === "yes" && row["`mayHaveStarted`"] === "`false`");
  return rows.length > 0 && !isDenied && { figure: String(rows.length) };
}

function batchFigure(found) {
  const last = having(found, "Disks", "Time, s", "the limit alone, s").at(-1);
  return (
    last && { figure: `${last["Time, s"]} s`, disks: last.Disks, limit: `${last["the limit alone, s"]} s` }
  );
}

function consumersFigure(found) {
  const rows = having(found, "Consumer", "Detaches");
  const good = rows.filter(({ Detaches }) => Detaches === "yes");
  return good.length > 0 && { figure: String(good.length), all: String(rows.length) };
}
