// Writes docs/browsers.md, in each language: the oldest browsers that the published files work in.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { browserDocuments } from "./lib/browser-documents.mjs";
import { main, root, run } from "./lib/run.mjs";

await main(() => {
  run("node", ["scripts/build.mjs"]);
  for (const [path, text] of Object.entries(browserDocuments())) {
    writeFileSync(join(root, path), text);
    console.log(path);
  }
});
