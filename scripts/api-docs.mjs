// Writes the API documentation to target/api.

import { main, run } from "./lib/run.mjs";
import { writeHtml } from "./site/api.mjs";

const folder = "target/api";

await main(async () => {
  run("node", ["scripts/setup.mjs", "docs"]);
  await writeHtml(folder);
  console.log(`api-docs: ${folder}`);
});
