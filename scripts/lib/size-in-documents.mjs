// The size of the package in its documents: the build keeps it true, between two marks.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, Stop } from "./run.mjs";

/** The documents that name it. */
export const DOCUMENTS = ["README.md", "README.zh-CN.md", "pkg/README.md"];

const MARKED = /(<!-- size -->)(.*?)(<!-- \/size -->)/g;

/** A size as documents write it. @param {number} bytes */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * A text with another size between its marks.
 *
 * @param {string} text
 * @param {number} bytes
 */
export function withSize(text, bytes) {
  if (text.match(MARKED)?.length !== 1)
    throw new Stop("a document must name the size once, between its marks");
  return text.replace(MARKED, (_, start, _before, end) => start + kilobytes(bytes) + end);
}

/** The size that a document names. @param {string} text */
export const sizeIn = (text) => [...text.matchAll(MARKED)][0]?.[2];

/**
 * Writes the size into all of them.
 *
 * @param {number} bytes of what a page loads, after brotli
 */
export function writeSize(bytes) {
  for (const document of DOCUMENTS) {
    const path = join(root, document);
    const text = readFileSync(path, "utf8");
    const changed = withSize(text, bytes);
    if (changed !== text) writeFileSync(path, changed);
  }
}
