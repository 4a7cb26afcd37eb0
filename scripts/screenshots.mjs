// Writes the pictures of the demo console: those of the READMEs, and those that its tests compare with.
//
//   node scripts/screenshots.mjs [docs] [tests]      (no argument: docs)
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { shrinkPng } from "./lib/png.mjs";
import { main, npmBin, root, run, Stop } from "./lib/run.mjs";

const kinds = {
  docs: { config: "screenshots.config.ts", args: [], folder: "docs/images" },
  // Only what no longer fits is written.
  tests: {
    config: "playwright.config.ts",
    args: ["states", "--update-snapshots=changed"],
    folder: "tests/console/pictures",
  },
};

await main(() => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in kinds));
  if (unknown) throw new Stop(`there are pictures for ${Object.keys(kinds).join(" and ")}; not "${unknown}"`);
  run("node", ["scripts/setup.mjs", "screenshots"]);
  run("node", ["scripts/build.mjs"]);
  for (const name of wanted.length ? wanted : ["docs"]) {
    const { config, args, folder } = kinds[name];
    run(npmBin("playwright"), ["test", "--config", `tests/console/${config}`, ...args]);
    const files = readdirSync(join(root, folder), { recursive: true });
    for (const file of files) if (file.endsWith(".png")) shrinkPng(join(root, folder, file));
  }
});
