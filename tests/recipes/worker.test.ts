// The recipe for a worker, in a real one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cloud, DATA_DISK_ID, type Fault, PROJECT_ID, SERVER_ID } from "ecs-detach-volume/testing";
import { texts } from "../../pkg/loader/messages/en/texts.js";
import { IN_BROWSER, inConsole } from "./browser.ts";

const PAGE = `
import { isEcsError } from "ecs-detach-volume";
import { describeError } from "ecs-detach-volume/messages";
import { detachInWorker } from "./worker/page.ts";

const options = {
  endpoint: "/api/ecs",
  projectId: ${JSON.stringify(PROJECT_ID)},
  serverId: ${JSON.stringify(SERVER_ID)},
  volumeId: ${JSON.stringify(DATA_DISK_ID)},
  initialDelayMs: 1,
};

globalThis.run = async ({ script = "/worker.js", abortIn = "" } = {}) => {
  const worker = new Worker(script, { type: "module" });
  const controller = new AbortController();
  const phases: string[] = [];
  const onProgress = ({ phase }) => {
    if (phases.at(-1) !== phase) phases.push(phase);
    if (phase === abortIn) controller.abort();
  };
  if (abortIn === "before") controller.abort();
  try {
    const { confirmedBy } = await detachInWorker(worker, options, onProgress, controller.signal);
    return { phases, confirmedBy };
  } catch (error) {
    if (!isEcsError(error)) return { phases, title: String(error) };
    const { title } = describeError(error);
    return { phases, title, kind: error.kind, mayHaveStarted: error.mayHaveStarted, jobId: error.jobId };
  } finally {
    worker.terminate();
  }
};
`;
const WORKER = 'import "./worker/worker.ts";';
/** Something else in the worker fails at each message. */
const NOISY = `${WORKER} addEventListener("message", () => { throw new Error("another matter"); });`;

interface Told {
  phases: string[];
  confirmedBy?: string;
  title?: string;
  kind?: string;
  mayHaveStarted?: boolean;
  jobId?: string | null;
}

declare global {
  function run(how?: { script?: string; abortIn?: string }): Promise<Told>;
}

/** What the page was told by its worker. */
async function tell(how: { script?: string; abortIn?: string }, ...faults: Fault[]) {
  const myCloud = cloud({ taskMs: how.abortIn ? 3_600_000 : 0, faults });
  let told: Told = { phases: [] };
  await inConsole(myCloud, { page: PAGE, worker: WORKER, noisy: NOISY }, async ({ context, origin }) => {
    const page = await context.newPage();
    await page.goto(origin);
    await page.waitForFunction(() => typeof run === "function");
    told = await page.evaluate((options) => run(options), how);
  });
  return { told, myCloud };
}

test("a worker detaches a disk and tells the page how far it is", IN_BROWSER, async () => {
  const { told, myCloud } = await tell({});
  assert.deepEqual(told, {
    phases: ["checking", "submitting", "waiting", "confirming"],
    confirmedBy: "attachment",
  });
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
});

test("what else fails in the worker does not end the call", IN_BROWSER, async () => {
  const { told, myCloud } = await tell({ script: "/noisy.js" });
  assert.deepEqual([told.confirmedBy, myCloud.isAttached(DATA_DISK_ID)], ["attachment", false]);
});

test("the page describes an error of the worker as its own", IN_BROWSER, async () => {
  const { told } = await tell({}, "code:Pdp.0001");
  assert.deepEqual([told.kind, told.mayHaveStarted, told.jobId], ["forbidden", false, null]);
  assert.notEqual(told.title, texts.unknown[0]);
});

test("the page's signal ends the waiting of the worker", IN_BROWSER, async () => {
  const { told, myCloud } = await tell({ abortIn: "waiting" });
  assert.deepEqual([told.kind, told.mayHaveStarted], ["aborted", true]);
  assert.equal(told.jobId, myCloud.tasks[0]?.jobId);
});

test("a signal that has fired before lets the worker send nothing", IN_BROWSER, async () => {
  const { told, myCloud } = await tell({ abortIn: "before" });
  assert.deepEqual([told.kind, told.mayHaveStarted], ["aborted", false]);
  assert.deepEqual(
    myCloud.requests.filter(({ method }) => method === "DELETE"),
    [],
  );
});

test("a worker that cannot be loaded is an error, not a silence", IN_BROWSER, async () => {
  const { told, myCloud } = await tell({ script: "/nowhere.js" });
  const title = "Error: the worker did not start: its script could not be loaded";
  assert.deepEqual([told, myCloud.requests], [{ phases: [], title }, []]);
});
