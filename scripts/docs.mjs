// Builds the documentation site into target/site.
//
//   node scripts/docs.mjs [--base /path/]      (the path that it will be served from; by default the root)
import { parseArgs } from "node:util";
import { main, run } from "./lib/run.mjs";
import { buildSite } from "./site/build.mjs";

const folder = "target/site";

await main(async () => {
  const { values } = parseArgs({ options: { base: { type: "string", default: "/" } } });
  run("node", ["scripts/setup.mjs", "site"]);
  const count = await buildSite({ base: values.base, folder });
  console.log(`docs: ${count} pages in ${folder}, to be served from ${values.base}`);
});
