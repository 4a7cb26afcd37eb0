// What `ecs-detach-volume/messages` says, as a document in each language.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorDocuments } from "../lib/error-documents.mjs";
import { root } from "../lib/run.mjs";

export const about = "the texts of ecs-detach-volume/messages";
export const writes = "docs/errors.md and docs/errors.zh-CN.md";
export const isBuilt = false;

export function run() {
  for (const [path, text] of Object.entries(errorDocuments())) writeFileSync(join(root, path), text);
}
