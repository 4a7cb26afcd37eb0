// The recipes for leaving a page and coming back, in a browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "@playwright/test";
import {
  cloud,
  DATA_DISK_ID,
  type Fault,
  type FaultRule,
  PROJECT_ID,
  SERVER_ID,
} from "ecs-detach-volume/testing";
import { type Console, IN_BROWSER, inConsole } from "./browser.ts";

/** A page as the recipes want it; what follows `#` is its project. `ends` has what became of each call. */
const PAGE = `
import { openPage } from "./leaving/page.ts";

const projectId = location.hash.slice(1) || ${JSON.stringify(PROJECT_ID)};
const connection = { endpoint: "/api/ecs", projectId, initialDelayMs: 1, pollIntervalMs: 20 };
const disk = { serverId: ${JSON.stringify(SERVER_ID)}, volumeId: ${JSON.stringify(DATA_DISK_ID)} };
const ends: string[] = [];
const phases: string[] = [];

const detachDisk = openPage(connection, {
  progress: (_, { phase }) => phases.push(phase),
  resumed(results) {
    for (const { status, reason } of results) ends.push(status === "fulfilled" ? "resumed" : reason.kind);
  },
});

async function detach(more = {}) {
  try {
    ends.push(await detachDisk({ ...disk, ...more }) ? "detached" : "elsewhere");
  } catch (error) {
    ends.push(error.kind);
  }
}

Object.assign(globalThis, { detach, ends, phases });
`;

declare global {
  function detach(more?: object): Promise<void>;
  var ends: string[];
  var phases: string[];
}

const ended = (page: Page) => page.evaluate(() => ends);
const isEnded = (page: Page) => page.waitForFunction(() => ends.length > 0);
const isIn = (page: Page, phase: string) => page.waitForFunction((name) => phases.at(-1) === name, phase);
const stored = (page: Page) => page.evaluate(() => Object.keys(localStorage).length);

test("a page that is loaded again goes on with the task", IN_BROWSER, async () => {
  await withConsole([], async ({ page, myCloud, deletions }) => {
    await begin(page);
    await page.reload();
    await page.waitForFunction(() => localStorage.length === 1);
    myCloud.advance(60_000);
    await isEnded(page);
    assert.deepEqual(await ended(page), ["resumed"]);
    assert.deepEqual([myCloud.isAttached(DATA_DISK_ID), deletions(), await stored(page)], [false, 1, 0]);
  });
});

test(
  "a page of another project leaves the task alone, and its own project goes on with it",
  IN_BROWSER,
  async () => {
    await withConsole([], async ({ page, myCloud, deletions, origin }) => {
      await begin(page);
      await page.goto(`${origin}/#another-project`);
      await page.reload();
      await page.waitForFunction(() => typeof detach === "function");
      await page.evaluate(() => detach());
      assert.deepEqual([await ended(page), await stored(page)], [["not-found"], 1]);
      await page.goto(origin);
      myCloud.advance(60_000);
      await isEnded(page);
      assert.deepEqual([await ended(page), deletions(), await stored(page)], [["resumed"], 1, 0]);
    });
  },
);

test(
  "the id of a task is kept while its end is unknown, and a second click goes on with it",
  IN_BROWSER,
  async () => {
    await withConsole(
      [{ fault: "status:403", on: "task", times: Infinity }],
      async ({ page, myCloud, deletions }) => {
        await page.evaluate(() => detach());
        assert.deepEqual([await ended(page), await stored(page)], [["forbidden"], 1]);
        myCloud.clearFaults();
        await page.evaluate(() => detach({ timeoutMs: 300 }));
        assert.deepEqual([await ended(page), await stored(page)], [["forbidden", "timeout"], 1]);
        myCloud.advance(60_000);
        await page.evaluate(() => detach());
        assert.deepEqual(await ended(page), ["forbidden", "timeout", "detached"]);
        assert.deepEqual([deletions(), await stored(page)], [1, 0]);
      },
    );
  },
);

test("a task that has failed is forgotten", IN_BROWSER, async () => {
  await withConsole(["job-fails"], async ({ page, myCloud }) => {
    await begin(page);
    assert.equal(await stored(page), 1);
    myCloud.advance(60_000);
    await isEnded(page);
    assert.deepEqual([await ended(page), await stored(page)], [["job-failed"], 0]);
  });
});

test("without Web Locks, a page still does not detach a disk twice", IN_BROWSER, async () => {
  await withConsole([], async ({ page, myCloud, deletions }) => {
    await page.evaluate(() => Object.defineProperty(navigator, "locks", { value: undefined }));
    await begin(page);
    await page.evaluate(() => detach());
    assert.deepEqual(await ended(page), ["elsewhere"]);
    myCloud.advance(60_000);
    await page.waitForFunction(() => ends.length > 1);
    assert.deepEqual([await ended(page), deletions()], [["elsewhere", "detached"], 1]);
    await page.evaluate(() => detach());
    assert.deepEqual(await ended(page), ["elsewhere", "detached", "not-attached"]);
  });
});

test("of two tabs, one detaches a disk", IN_BROWSER, async () => {
  await withConsole([], async ({ page, myCloud, deletions, context, origin }) => {
    await begin(page);
    const second = await context.newPage();
    await second.goto(origin);
    await isEnded(second);
    await second.evaluate(() => detach());
    assert.deepEqual(await ended(second), ["resumed", "elsewhere"]);
    myCloud.advance(60_000);
    await isEnded(page);
    assert.deepEqual([await ended(page), deletions()], [["detached"], 1]);
  });
});

test(
  "the browser asks before the page is left while the fate of a DELETE is unknown, and not later",
  IN_BROWSER,
  async () => {
    await withConsole([{ fault: "hang", on: "detach" }], async ({ page }) => {
      let asked = 0;
      page.on("dialog", (dialog) => {
        asked += 1;
        return dialog.dismiss();
      });
      await page.mouse.click(9, 9); // A page that nobody has touched may not ask.
      await page.evaluate(() => void detach({ attemptTimeoutMs: 3_000 }));
      await isIn(page, "submitting");
      const dialog = page.waitForEvent("dialog");
      await page.close({ runBeforeUnload: true });
      assert.equal((await dialog).type(), "beforeunload");
      await isIn(page, "waiting");
      assert.equal(asked, 1);
      const closed = page.waitForEvent("close");
      await page.close({ runBeforeUnload: true });
      await closed;
      assert.equal(asked, 1);
    });
  },
);

test("a page out of the back/forward cache goes on", IN_BROWSER, async () => {
  await withConsole([], async ({ page, myCloud, deletions, origin }) => {
    await begin(page);
    await page.goto(`${origin}/elsewhere`);
    await page.goBack({ waitUntil: "commit" });
    myCloud.advance(60_000);
    await page.waitForFunction(() => ends.includes("resumed"));
    assert.deepEqual(await ended(page), ["aborted", "resumed"]);
    assert.deepEqual([deletions(), await stored(page)], [1, 0]);
  });
});

/** Begins a detachment whose task goes on until the cloud's clock is moved. */
async function begin(page: Page): Promise<void> {
  await page.evaluate(() => void detach());
  await isIn(page, "waiting");
}

interface Opened extends Console {
  page: Page;
  myCloud: ReturnType<typeof cloud>;
  deletions(): number;
}

function withConsole(faults: (Fault | FaultRule)[], body: (opened: Opened) => Promise<void>): Promise<void> {
  const myCloud = cloud({ faults, now: Date.UTC(2026, 0, 1), taskMs: 60_000 });
  const deletions = () => myCloud.requests.filter(({ method }) => method === "DELETE").length;
  return inConsole(myCloud, { page: PAGE }, async (opened) => {
    const page = await opened.context.newPage();
    await page.goto(opened.origin);
    await page.waitForFunction(() => typeof detach === "function");
    await body({ ...opened, page, myCloud, deletions });
  });
}
