// Reading the documents: code blocks, tables, and what the types say.
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const ENGLISH = "README.md";
export const CHINESE = "README.zh-CN.md";
export const NPM_PAGE = "pkg/README.md";

export interface CodeBlock {
  language: string;
  /** Of the first line of code, counted from 1. */
  line: number;
  code: string;
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

export function codeBlocks(document: string): CodeBlock[] {
  const text = read(document);
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(({ 1: language = "", 2: code = "", index }) => ({
    language,
    line: text.slice(0, index).split("\n").length + 1,
    code,
  }));
}

/** The only block of a language. */
export function recipe(document: string, language: string): string {
  const [block, ...others] = codeBlocks(document).filter((found) => found.language === language);
  if (!block || others.length > 0) throw new Error(`${document} must have one block of ${language}`);
  return block.code;
}

/** The rows below a header that begins with these cells, each as the texts of its cells. */
export function tableRows(document: string, ...header: string[]): string[][] {
  const lines = read(document).split("\n");
  const start = lines.findIndex((line) => header.every((cell, index) => cells(line)[index] === cell));
  if (start < 0) throw new Error(`${document} has no table with the header ${header.join(" | ")}`);
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(0, end).map(cells);
}

/** The text between the first two backticks. */
export function quoted(cell: string | undefined): string {
  return /`([^`]+)`/.exec(cell ?? "")?.[1] ?? "";
}

/** A folder in which code finds the packages that the project has installed. Removed after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "ecs-detach-volume-docs-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function cells(line: string): string[] {
  if (!line.startsWith("|")) return [];
  return line
    .slice(1, line.lastIndexOf("|"))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}
