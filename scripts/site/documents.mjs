// Finds the documents of the repository: what stands at its top and in `docs`, and what these refer to.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, normalize } from "node:path";
import { Stop } from "../lib/run.mjs";
import { links } from "./markdown.mjs";

const CHINESE = ".zh-CN.md";
const PICTURES = new Set([".svg", ".png", ".jpg", ".webp", ".gif"]);
/** How the language of a file is called in a code block. */
const HIGHLIGHTED = { ".js": "js", ".mjs": "js", ".ts": "ts", ".json": "json", ".sh": "sh", ".rs": "rust" };

/**
 * @typedef {object} Document
 * @property {string} path of the English version, from the folder that the documents are read from
 * @property {{ en: string, zh?: string }} texts
 * @property {boolean} isFile whether it is a source file or a licence, shown as it is
 */

/** @returns {Map<string, Document>} by path */
export function findDocuments(root) {
  /** @type {Map<string, Document>} */
  const documents = new Map();
  const waiting = [...markdownIn(root, "."), ...markdownIn(root, "docs", true)];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const english = englishPath(path);
    if (documents.has(english)) continue;
    const document = readDocument(root, english);
    documents.set(english, document);
    if (!document.isFile) waiting.push(...mentioned(root, document));
  }
  return documents;
}

/** The documents of a folder that are all in English and refer to one another only. */
export function generatedDocuments(folder, prefix) {
  const paths = markdownIn(folder, ".", true);
  return new Map(
    paths.map((path) => {
      const texts = { en: readFileSync(join(folder, path), "utf8") };
      return [join(prefix, path), { path: join(prefix, path), texts, isFile: false }];
    }),
  );
}

export const isPicture = (path) => PICTURES.has(extname(path));

/** What a link leads to: a file, maybe with an anchor. `null` where it leads elsewhere. */
export function targetOf(from, link) {
  if (/^(?:[a-z]+:|\/)/.test(link)) return null;
  const [, path = "", anchor] = /^([^#]*)(?:#(.*))?$/.exec(link) ?? [];
  return { path: path ? normalize(join(dirname(from), path)) : from, anchor: anchor && decodeURI(anchor) };
}

/** The path of the English version of a document. */
export function englishPath(path) {
  return path.endsWith(CHINESE) ? `${path.slice(0, -CHINESE.length)}.md` : path;
}

/** The path of a document's version in a language. */
export function pathIn(language, path) {
  return language === "zh" ? path.replace(/\.md$/, CHINESE) : path;
}

function readDocument(root, path) {
  const read = (file) => readFileSync(join(root, file), "utf8");
  if (!path.endsWith(".md")) {
    const language = HIGHLIGHTED[extname(path)] ?? "text";
    return { path, isFile: true, texts: { en: `# ${path}\n\n~~~~${language}\n${read(path)}~~~~\n` } };
  }
  if (!existsSync(join(root, path))) throw new Stop(`${pathIn("zh", path)} has no English version`);
  const chinese = pathIn("zh", path);
  if (!existsSync(join(root, chinese))) return { path, isFile: false, texts: { en: read(path) } };
  const en = withoutSwitch(read(path), basename(chinese));
  return { path, isFile: false, texts: { en, zh: withoutSwitch(read(chinese), basename(path)) } };
}

/** Without the line that leads to the other language: the site has a switch for that. */
function withoutSwitch(text, other) {
  return text.replaceAll(/^\[[^\]]+\]\(([^)]+)\)\n\n/gm, (line, target) => (target === other ? "" : line));
}

/** What a document refers to and is to be shown, in any of its languages. */
function mentioned(root, { path, texts }) {
  const targets = Object.values(texts)
    .flatMap(links)
    .map((link) => targetOf(path, link));
  const paths = targets.flatMap((target) => (target && !isPicture(target.path) ? [target.path] : []));
  return paths.filter((found) => {
    const full = join(root, found);
    if (!existsSync(full)) throw new Stop(`${path} refers to ${found}, which is not there`);
    if (statSync(full).isDirectory()) throw new Stop(`${path} refers to the folder ${found}; name a file`);
    return true;
  });
}

function markdownIn(root, folder, isDeep = false) {
  const full = join(root, folder);
  if (!existsSync(full)) return [];
  const names = readdirSync(full, { recursive: isDeep }).map(String).sort();
  return names.filter((name) => name.endsWith(".md")).map((name) => join(folder, name));
}
