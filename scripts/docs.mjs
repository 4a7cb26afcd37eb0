// Builds the documentation site into target/site, with the demo in it.
//
//   node scripts/docs.mjs [--base /path/]      (the path that it will be served from; by default the root)
import { parseArgs } from "node:util";
import { buildDemo } from "./demo.mjs";
import { main } from "./lib/run.mjs";
import { prepare } from "./prepare.mjs";

const folder = "target/site";

await main(async () => {
  const { values } = parseArgs({ options: { base: { type: "string", default: "/" } } });
  prepare("compilers", "site");
  buildDemo();
  // Loaded late: the set-up may just have installed what it needs.
  const { buildSite } = await import("./site/build.mjs");
  const count = await buildSite({ base: values.base, folder });
  console.log(`docs: ${count} pages in ${folder}, to be served from ${values.base}`);
});
