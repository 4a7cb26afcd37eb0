// Reading Markdown, as GitHub does: headings with their anchors, links, tables, blocks of code.
import GithubSlugger from "github-slugger";
import { toString as textOf } from "mdast-util-to-string";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";

const parser = unified().use(remarkParse).use(remarkGfm);
/** Of HTML inside Markdown, by a name in front of it. */
const HTML_LINK = /(?<=\s(?:src|srcset|href)=")[^"\s]+/g;

/**
 * All nodes of some types, in their order.
 *
 * @param {string} text
 * @param {...string} types
 */
function nodes(text, ...types) {
  /** @type {any[]} */
  const found = [];
  visit(parser.parse(text), types, (node) => void found.push(node));
  return found;
}

const startOf = (node) => node.position.start.offset;
const endOf = (node) => node.position.end.offset;
/** What stands between the marks of a node, as it is written. */
const inside = (text, { children }) =>
  children.length === 0 ? "" : text.slice(startOf(children[0]), endOf(children.at(-1)));

/** @typedef {{ level: number, title: string, anchor: string, start: number, end: number }} Heading */

/**
 * The headings in their order: where each stands, and the anchor that GitHub gives it. A number tells those of one
 * text apart.
 *
 * @param {string} text
 * @returns {Heading[]}
 */
export function headings(text) {
  const slugger = new GithubSlugger();
  return nodes(text, "heading").map((node) => ({
    level: node.depth,
    title: inside(text, node),
    anchor: slugger.slug(textOf(node)),
    start: startOf(node),
    end: endOf(node),
  }));
}

/** The links and pictures of a text, and where the target of each stands. */
function targets(text) {
  return nodes(text, "link", "image", "definition", "html").flatMap((node) => {
    const [start, end] = [startOf(node), endOf(node)];
    if (node.type === "html") {
      const found = text.slice(start, end).matchAll(HTML_LINK);
      return [...found].map(({ 0: target, index }) => ({ target, start: start + index }));
    }
    // Behind the text of the link, which may be the same as its target.
    const after = node.children?.length ? endOf(node.children.at(-1)) : start;
    const at = text.indexOf(node.url, text.indexOf("](", after) < end ? text.indexOf("](", after) : after);
    return at < 0 || at >= end ? [] : [{ target: node.url, start: at }];
  });
}

/**
 * A document with other targets of its links and pictures. What stands in code is no link.
 *
 * @param {string} text
 * @param {(target: string) => string} replacement
 */
export function replaceLinks(text, replacement) {
  let result = "";
  let end = 0;
  for (const { target, start } of targets(text).sort((a, b) => a.start - b.start)) {
    result += text.slice(end, start) + replacement(target);
    end = start + target.length;
  }
  return result + text.slice(end);
}

/**
 * The targets of all links and pictures.
 *
 * @param {string} text
 */
export function links(text) {
  return targets(text).map(({ target }) => target);
}

/** @typedef {{ lead: string, header: string[], rows: string[][] }} Table */

/**
 * All tables: the paragraph before each, the cells of its header, and those of the rows below it, as they are written.
 *
 * @param {string} text
 * @returns {Table[]}
 */
export function tables(text) {
  return nodes(text, "table").map((table) => {
    const [header = [], ...rows] = table.children.map((row) =>
      row.children.map((cell) => inside(text, cell)),
    );
    const before = text.slice(0, startOf(table)).trimEnd();
    return { lead: before.slice(before.lastIndexOf("\n\n") + 2), header, rows };
  });
}

/** @typedef {{ language: string, line: number, code: string }} CodeBlock */

/**
 * All fenced blocks of code; `line` is that of the first line of code, counted from 1.
 *
 * @param {string} text
 * @returns {CodeBlock[]}
 */
export function codeBlocks(text) {
  return nodes(text, "code").map(({ lang, value, position }) => ({
    language: lang ?? "",
    line: position.start.line + 1,
    code: value === "" ? "" : `${value}\n`,
  }));
}
