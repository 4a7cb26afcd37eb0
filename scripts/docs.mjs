// Builds the documentation site into target/site, with the demo in it.
//
//   node scripts/docs.mjs [--base /path/]      (the path that it will be served from; by default the root)
import { readArguments } from "./lib/arguments.mjs";
import { buildDemo } from "./lib/demo.mjs";
import { main } from "./lib/run.mjs";
import { prepare } from "./prepare.mjs";

const folder = "target/site";

await main(async () => {
  const { base } = readArguments({ base: { type: "string", default: "/" } });
  prepare("compilers", "site");
  buildDemo();
  // Loaded late: the set-up may just have installed what it needs.
  const { buildSite } = await import("./site/build.mjs");
  const count = await buildSite({ base, folder });
  console.log(`docs: ${count} pages in ${folder}, to be served from ${base}`);
});
