// Reading Markdown: headings with their anchors, links, tables.

const FENCE = /^(`{3,}|~{3,})[^\n]*\n.*?^\1$/gms;
const CODE = /(?<!`)(`+)(?!`)(?:(?!\n\n).)+?(?<!`)\1(?!`)/gs;
const LINK = /\]\((?<inline>[^)\s]+)|(?<=\s)(?:src|srcset|href)="(?<html>[^"\s]+)/g;

/** @typedef {{ level: number, title: string, anchor: string, start: number, end: number }} Heading */

/**
 * The headings in their order: where each stands, and the anchor that GitHub gives it. A number tells those of one
 * text apart.
 *
 * @param {string} text
 * @returns {Heading[]}
 */
export function headings(text) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  // In a code block, "#" begins a comment.
  const prose = text.replaceAll(FENCE, (block) => " ".repeat(block.length));
  return [...prose.matchAll(/^(#+) (.*)$/gm)].map(({ 0: line, 1: marks = "", 2: title = "", index }) => {
    const anchor = slug(title);
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    const unique = count === 0 ? anchor : `${anchor}-${count}`;
    return { level: marks.length, title, anchor: unique, start: index, end: index + line.length };
  });
}

/**
 * A document with other targets of its links and pictures. What stands in code is no link.
 *
 * @param {string} text
 * @param {(target: string) => string} replacement
 */
export function replaceLinks(text, replacement) {
  const replace = (part) =>
    part.replaceAll(LINK, (found, inline, html) => {
      const target = inline ?? html;
      return found.replace(target, () => replacement(target));
    });
  return outside(text, FENCE, (part) => outside(part, CODE, replace));
}

/**
 * The targets of all links and pictures.
 *
 * @param {string} text
 */
export function links(text) {
  /** @type {string[]} */
  const found = [];
  replaceLinks(text, (target) => {
    found.push(target);
    return target;
  });
  return found;
}

/** @typedef {{ lead: string, header: string[], rows: string[][] }} Table */

/**
 * All tables: the paragraph before each, the cells of its header, and those of the rows below it.
 *
 * @param {string} text
 * @returns {Table[]}
 */
export function tables(text) {
  const lines = text.split("\n");
  const starts = [...lines.keys()].filter((at) => isRow(lines[at]) && !isRow(lines[at - 1]));
  return starts.map((start) => {
    const length = lines.slice(start).findIndex((line) => !isRow(line));
    const [header = [], , ...rows] = lines
      .slice(start, length === -1 ? undefined : start + length)
      .map(cells);
    const before = lines.slice(0, start).join("\n").trimEnd();
    return { lead: before.slice(before.lastIndexOf("\n\n") + 2), header, rows };
  });
}

function isRow(line) {
  return line?.startsWith("|") ?? false;
}

function cells(line) {
  return line
    .slice(1, line.lastIndexOf("|"))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** The anchor of a heading, as GitHub makes it. */
function slug(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

/** Changes what stands between the matches of a pattern, and leaves those alone. */
function outside(text, pattern, change) {
  let result = "";
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    result += change(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + change(text.slice(end));
}
