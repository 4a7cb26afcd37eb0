// The oldest browsers that the published files work in, as a document in each language.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { browserDocuments } from "../lib/browser-documents.mjs";
import { root } from "../lib/run.mjs";

export const about = "the oldest browsers, by what the published files use";
export const writes = "docs/browsers.md and docs/browsers.zh-CN.md";

export function run() {
  for (const [path, text] of Object.entries(browserDocuments())) writeFileSync(join(root, path), text);
}
