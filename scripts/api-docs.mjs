// Writes the API documentation to target/api.
import { main } from "./lib/run.mjs";
import { setUp } from "./setup.mjs";

const folder = "target/api";

await main(async () => {
  setUp("node", "compilers");
  const { writeHtml } = await import("./site/api.mjs");
  await writeHtml(folder);
  console.log(`api-docs: ${folder}`);
});
