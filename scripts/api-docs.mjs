// Writes the API documentation to target/api.
import { writeHtml } from "./lib/api.mjs";
import { main, run } from "./lib/run.mjs";

const folder = "target/api";

await main(async () => {
  run("node", ["scripts/setup.mjs", "docs"]);
  await writeHtml(folder);
  console.log(`api-docs: ${folder}`);
});
