// The packed package in the oldest browsers that the documents name, and in those between.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { createProject, type Project } from "../package/install.ts";
import { installBrowsers, type OldBrowser } from "./browsers.ts";
import { type Seen, type Visit, visit } from "./visit.ts";

const PLAIN = "asm-module.js";
const WITHOUT_EVAL = "default-src 'self'; script-src 'self'";

/** The entries with WebAssembly need a newer one than those that can do without. */
const FLOOR = 88;

let project: Project | undefined;
const installing: { browsers: OldBrowser[]; reason?: string } = await installBrowsers().then(
  (browsers) => ({ browsers }),
  (error: Error) => ({ browsers: [], reason: `npm cannot install the old browsers: ${error.message}` }),
);
after(() => project?.remove());

const { browsers, reason } = installing;
if (reason && process.env.CI) throw new Error(reason);
test("the old browsers are there", { skip: reason ?? false }, () => assert.equal(browsers.length, 4));

/** What the page saw; fails where a case did. */
async function pass(browser: OldBrowser, page: Visit): Promise<Seen> {
  project ??= createProject();
  const seen = await visit(browser, project.folder, page);
  assert.ok(seen.results.length > 0);
  for (const { name, failure } of seen.results) assert.equal(failure, null, `${name}: ${failure}`);
  return seen;
}

/** What every case failed with. */
async function refusal(browser: OldBrowser, page: Visit): Promise<string> {
  project ??= createProject();
  const { results } = await visit(browser, project.folder, page);
  const failures = results.map(({ name, failure }) => failure ?? assert.fail(`${name} passed`));
  return failures.join("\n");
}

for (const browser of browsers) {
  const name = `Chromium ${browser.version}`;
  const isFull = Number(browser.version) >= FLOOR;

  test(`${name}: the entry without WebAssembly`, async () => {
    await pass(browser, { entry: "asm/index.js" });
  });

  test(`${name}: auto runs ${isFull ? "the module, and loads nothing else" : "without, because it cannot start the module"}`, async () => {
    const { loaded } = await pass(browser, { entry: "auto/index.js" });
    assert.equal(loaded.includes(PLAIN), !isFull);
  });

  test(`${name}: auto runs without WebAssembly where a policy forbids it`, async () => {
    const { loaded } = await pass(browser, { entry: "auto/index.js", policy: WITHOUT_EVAL });
    assert.ok(loaded.includes(PLAIN));
  });

  if (isFull) {
    test(`${name}: the main entry`, async () => {
      await pass(browser, { entry: "index.js" });
    });
    test(`${name}: the main entry names the policy that forbids it`, async () => {
      const said = await refusal(browser, { entry: "index.js", policy: WITHOUT_EVAL });
      assert.match(said, /Content-Security-Policy must allow script-src 'wasm-unsafe-eval'/);
    });
  } else {
    test(`${name}: the main entry says that the engine refuses the module, and no word of a policy`, async () => {
      const said = await refusal(browser, { entry: "index.js" });
      assert.match(said, /could not be started: the engine refused it: .*ecs-detach-volume\/auto/);
      assert.doesNotMatch(said, /Policy/);
    });
  }
}
