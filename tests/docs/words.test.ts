// One word for one thing: docs/glossary.md has the words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { englishPath } from "../../scripts/site/documents.mjs";
import { DOCUMENTS, read } from "./documents.ts";

/** The API's words, which names have and prose has not. */
const OF_THE_API = /\b(jobs?|volumes?)\b/gi;
/** Where it is said what the API calls a task and a disk, and what names are made of. */
const EXPLANATIONS = ["docs/glossary.md", "CONTRIBUTING.md"];
/** The first words on the package, with the vendor's name for a disk. */
const VENDOR = "(EVS volumes)";

/** What a document says outside of code, links and HTML. */
function prose(document: string): string {
  const parts = [/^```.*?^```$/gms, /`[^`]*`/g, /\]\([^)]*\)/g, /<[^>]*>/g];
  const text = parts.reduce((text, part) => text.replaceAll(part, " "), read(document));
  return text.replaceAll(VENDOR, "").replaceAll("ecs-detach-volume", "");
}

for (const document of DOCUMENTS.filter((path) => path === englishPath(path) && !EXPLANATIONS.includes(path)))
  test(`${document} speaks of tasks and disks`, () => {
    assert.deepEqual(prose(document).match(OF_THE_API) ?? [], []);
  });

test("the names of the API are found in prose, and not in code", () => {
  assert.deepEqual("the job of a volume".match(OF_THE_API), ["job", "volume"]);
  assert.doesNotMatch(prose("README.md"), /jobId/);
});
