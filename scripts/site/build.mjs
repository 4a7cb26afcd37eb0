// Builds the documentation site from the documents of the repository.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { root, run, Stop } from "../lib/run.mjs";
import { writeMarkdown } from "./api.mjs";
import { complaints } from "./check.mjs";
import { findDocuments, generatedDocuments } from "./documents.mjs";
import { homeDocument } from "./home.mjs";
import { menusOf } from "./menu.mjs";
import { address, LANGUAGES, makePages, PICTURES } from "./pages.mjs";

const work = "target/docs";
const project = join(root, "scripts/site");

/**
 * Builds it into a folder. Fails where a link or an anchor is dead.
 *
 * @param {{ base: string, folder: string, demo?: string }} options `base`: the path that it will be served from, with a
 * slash at both ends; `folder`: relative to the project; `demo`: where the demo is, which the site takes in if it is
 * there
 * @returns how many pages it has
 */
export async function buildSite({ base, folder, demo = "target/demo" }) {
  if (!/^\/(?:[\w.~-]+\/)*$/.test(base)) throw new Stop(`the base must be a path like /docs/, not "${base}"`);
  const hasDemo = existsSync(resolve(root, demo, "index.html"));
  await writeMarkdown(`${work}/api`);
  const documents = new Map([...findDocuments(root), ...generatedDocuments(join(root, work, "api"), "api")]);
  documents.set("index.md", homeDocument(documents, hasDemo));
  const { pages, pictures } = makePages(documents);
  writeSources(pages, pictures, hasDemo);
  const output = join(root, folder);
  rmSync(output, { recursive: true, force: true });
  const program = join(project, "node_modules/vitepress/bin/vitepress.js");
  run("node", [program, "build", project, "--base", base, "--outDir", output, "--logLevel", "warn"]);
  if (hasDemo) cpSync(resolve(root, demo), join(output, "demo"), { recursive: true });
  const wrong = complaints(output, base);
  if (wrong.length > 0) throw new Stop(`the site is not right:\n${wrong.join("\n")}`);
  return pages.length;
}

/** Writes what the generator reads. */
function writeSources(pages, pictures, hasDemo) {
  const folder = join(root, work, "pages");
  rmSync(folder, { recursive: true, force: true });
  for (const { language, route, text } of pages) {
    const file = join(folder, `${address(language, route).replace(/\/$/, "/index")}.md`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  for (const picture of pictures) cpSync(join(root, picture), join(folder, "public", PICTURES, picture));
  const menus = Object.fromEntries(
    LANGUAGES.map((language) => [language, menusOf(pages, language, hasDemo)]),
  );
  writeFileSync(join(root, work, "menus.json"), JSON.stringify(menus));
}
