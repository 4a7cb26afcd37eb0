// Writes docs/errors.md, in each language: what `ecs-detach-volume/messages` says.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorDocuments } from "./lib/error-documents.mjs";
import { main, root } from "./lib/run.mjs";

await main(() => {
  for (const [path, text] of Object.entries(errorDocuments())) {
    writeFileSync(join(root, path), text);
    console.log(path);
  }
});
