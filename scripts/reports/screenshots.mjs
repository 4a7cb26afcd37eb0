// The pictures of the demo console: those of the READMEs (docs), and those that its tests compare with (tests).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { npmBin, root, run as runProgram, Stop } from "../lib/run.mjs";

export const about =
  "the pictures of the READMEs (docs), and those that the suite console compares with (tests)";
export const takes = "[docs] [tests]";
export const writes = "docs/images, or tests/console/pictures";
export const needs = ["chromium", "font"];

const kinds = {
  docs: { config: "screenshots.config.ts", args: [], folder: "docs/images" },
  // Only what no longer fits is written.
  tests: {
    config: "playwright.config.ts",
    args: ["states", "--update-snapshots=changed"],
    folder: "tests/console/pictures",
  },
};

export async function run(wanted) {
  const unknown = wanted.find((name) => !(name in kinds));
  if (unknown) throw new Stop(`there are pictures for ${Object.keys(kinds).join(" and ")}; not "${unknown}"`);
  for (const name of wanted.length ? wanted : ["docs"]) {
    const { config, args, folder } = kinds[name];
    runProgram(npmBin("playwright"), ["test", "--config", `tests/console/${config}`, ...args]);
    const files = readdirSync(join(root, folder), { recursive: true });
    for (const file of files) if (file.endsWith(".png")) await shrink(join(root, folder, file));
  }
}

/** Writes a picture with few colours, of which a user interface needs no more; leaves it where that is no smaller. */
async function shrink(file) {
  const bytes = readFileSync(file);
  const small = await sharp(bytes).png({ palette: true, colours: 96, effort: 10, dither: 0 }).toBuffer();
  if (small.length < bytes.length) writeFileSync(file, small);
}
