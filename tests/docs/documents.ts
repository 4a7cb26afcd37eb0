// Reading the documents: code blocks, tables, and what the types say.
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findDocuments, pathIn } from "../../scripts/site/documents.mjs";
import {
  tables as allTables,
  type CodeBlock,
  codeBlocks as codeBlocksOf,
  headings,
  type Table,
} from "../../scripts/site/markdown.mjs";

export type { CodeBlock };

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const README = "README.md";
export const NPM_PAGE = "pkg/README.md";
/** Where each subject is described, in English. */
export const PLACES = {
  functions: README,
  options: "docs/options.md",
  course: "docs/retry.md",
  errors: "docs/handling-errors.md",
  authentication: "docs/authentication.md",
  proxies: "docs/proxies.md",
  reading: "docs/reading.md",
} as const;
/** Those of the site, in all their languages, and the page on npm. */
export const DOCUMENTS = [...siteDocuments(), NPM_PAGE];

function siteDocuments(): string[] {
  const documents = [...findDocuments(ROOT).values()].filter(({ isFile }) => !isFile);
  return documents.flatMap(({ path, texts }) =>
    texts.zh === undefined ? [path] : [path, pathIn("zh", path)],
  );
}

/** A document in each language. */
export function translations(path: string): readonly [english: string, chinese: string] {
  return [path, pathIn("zh", path)];
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

export function codeBlocks(document: string): CodeBlock[] {
  return codeBlocksOf(read(document));
}

/** The blocks between this heading and the next. */
export function blocksUnder(document: string, title: string): CodeBlock[] {
  const text = read(document);
  const all = headings(text);
  const index = all.findIndex((heading) => heading.title === title);
  if (index < 0) throw new Error(`${document} has no heading ${title}`);
  const lineOf = (offset: number | undefined) => text.slice(0, offset).split("\n").length;
  const [start, end] = [lineOf(all[index]?.start), lineOf(all[index + 1]?.start ?? text.length)];
  return codeBlocks(document).filter(({ line }) => line > start && line <= end);
}

/** The only block of a language. */
export function recipe(document: string, language: string): string {
  const [block, ...others] = codeBlocks(document).filter((found) => found.language === language);
  if (!block || others.length > 0) throw new Error(`${document} must have one block of ${language}`);
  return block.code;
}

/** All tables with a header that begins with this cell. */
export function tables(document: string, header: string): Table[] {
  return allTables(read(document)).filter((table) => table.header[0] === header);
}

/** The rows of the only table with a header that begins with this cell. */
export function tableRows(document: string, header: string): string[][] {
  const [table, ...others] = tables(document, header);
  if (!table || others.length > 0)
    throw new Error(`${document} must have one table with the header ${header}`);
  return table.rows;
}

/** The text between the first two backticks. */
export function quoted(cell: string | undefined): string {
  return allQuoted(cell)[0] ?? "";
}

/** What stands in backticks, with the pipes that a table has to escape. */
export function allQuoted(text: string | undefined): string[] {
  return [...(text ?? "").matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code.replaceAll("\\|", "|"));
}

/** What tells when a test is over: its context. */
export interface Ending {
  after(end: () => void): void;
}

/** A folder in which code finds the packages that the project has installed. Removed after the test. */
export function temporaryFolder(t: Ending): string {
  const folder = mkdtempSync(join(tmpdir(), "ecs-detach-volume-docs-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}
