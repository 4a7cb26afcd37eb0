// The packed package in real browsers: Chromium, Firefox and WebKitGTK, each driven by its own driver.
import assert from "node:assert/strict";
import { after, before, describe, type TestContext, test } from "node:test";
import { createProject, type Project } from "../package/install.ts";
import type { RunningServer } from "../simulator/listen.ts";
import { type Engine, engines, missing, open, type Session } from "./engines.ts";
import { serveOrigin } from "./origin.ts";
import { cases, withoutWasm } from "./page/cases/index.ts";
import type { Result } from "./page/page.ts";

/** Longer than any case takes. */
const CASE_MS = 15_000;
/** For a page that is too busy to be asked how it is. */
const HANG_MS = 20_000;
const RUN =
  "const [name, entry, done] = arguments; " +
  "run(name, entry).then(done, (error) => done({ failure: String(error), complaints: [], notes: [] }));";

let project: Project;
let origin: RunningServer;

before(async () => {
  project = createProject();
  process.once("exit", () => project.remove());
  origin = await serveOrigin(project.folder);
});
after(async () => {
  await origin?.close();
  project?.remove();
});

for (const engine of engines) {
  const absent = missing(engine);
  if (absent.length === 0) describe(engine.name, () => testIn(engine));
  else skip(engine, `${engine.name} cannot run: its ${absent.join(" and ")} is missing`);
}

/** Where all must be there, a missing engine is a failure. */
function skip({ name }: Engine, reason: string): void {
  test(`${name}: the package`, { skip: !process.env.CI && reason }, () => assert.fail(reason));
}

function testIn(engine: Engine): void {
  let session: Session;
  before(async () => {
    session = await open(engine);
    await session.driver.manage().setTimeouts({ script: CASE_MS });
  });
  after(() => session?.close());

  test(`${engine.name}: the page loads`, async (t) => {
    t.diagnostic(`engine: ${engine.name} ${session.version}`);
    await session.driver.get(`${origin.url}/`);
  });
  for (const name of Object.keys(cases)) {
    test(`${engine.name}: ${name}`, async (t) => assert.deepEqual(await run(session, name, t), []));
  }
  for (const name of Object.keys(withoutWasm)) {
    test(`${engine.name}: ${name}`, async (t) => {
      await session.driver.get(`${origin.url}/without-wasm`);
      assert.deepEqual(others(await run(session, name, t)), []);
    });
  }
  // In the page that is open now.
  for (const name of Object.keys(cases)) {
    test(`${engine.name}, WebAssembly forbidden: ${name}`, async (t) => {
      assert.deepEqual(others(await run(session, name, t, "auto/index.js")), []);
    });
  }
}

/** Without that of the policy, which not every engine tells the page. */
const others = (complaints: string[]) => complaints.filter((text) => text !== "policy: script-src wasm-eval");

/** Runs a case in the page; gives what the page has complained of. */
async function run(session: Session, name: string, t: TestContext, entry = "index.js"): Promise<string[]> {
  const result = session.driver.executeAsyncScript<Result>(RUN, name, entry);
  const { failure, complaints, notes } = await orClose(session, result);
  for (const note of notes) t.diagnostic(note);
  assert.ok(failure === null, failure ?? "");
  return complaints;
}

/** Ends a browser that hangs, so that the tests after this one fail at once. */
async function orClose<T>(session: Session, result: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => session.close().finally(() => reject(new Error("the page hangs"))), HANG_MS);
  });
  return Promise.race([result, tooLate]).finally(() => clearTimeout(timer));
}
