// The example "After a reload" keeps the task until the fate of the disk is known.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { createSimulator, DISK_IDS, PROJECT_ID, SERVER_IDS } from "../simulator/index.ts";
import { blocksUnder, PLACES, temporaryFolder } from "./documents.ts";

const DISK = { serverId: SERVER_IDS.web, volumeId: DISK_IDS.webData };

interface Example {
  detach(disk: { serverId: string; volumeId: string }, signal?: AbortSignal): Promise<void>;
  resume(): Promise<void>;
}

/** The example in a page with a cloud behind its proxy; `stored` is what the page keeps. */
async function openPage(t: TestContext, jobDurationMs: number) {
  const sim = createSimulator({ jobDurationMs, requireToken: false });
  const stored = new Map<string, string>();
  let whenStored = () => {};
  const isStored = new Promise<void>((resolve) => {
    whenStored = resolve;
  });
  const members = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, value: string) {
      stored.set(key, value);
      whenStored();
    },
    removeItem: (key: string) => stored.delete(key),
  };
  // What is stored is what a page's storage shows as its own keys.
  const sessionStorage = new Proxy(members, {
    ownKeys: () => [...stored.keys()],
    getOwnPropertyDescriptor: (_, key) => ({
      value: stored.get(String(key)),
      enumerable: true,
      configurable: true,
    }),
  });
  Object.assign(globalThis, { projectId: PROJECT_ID, sessionStorage });
  t.mock.method(globalThis, "fetch", (url: string, init: RequestInit) =>
    sim.fetch(url.replace("/api/ecs", "https://ecs.example.com"), init),
  );
  const [block, ...others] = blocksUnder(PLACES.course, "After a reload");
  assert.ok(block && others.length === 0);
  const file = join(temporaryFolder(t), "example.mts");
  writeFileSync(file, block.code);
  const page: Example = await import(pathToFileURL(file).href);
  const deletes = () => sim.requests.filter(({ method }) => method === "DELETE").length;
  return { sim, stored, isStored, page, deletes };
}

/** Starts a detachment and leaves the page while its task goes on. */
async function leave({ isStored, page }: Awaited<ReturnType<typeof openPage>>): Promise<void> {
  const controller = new AbortController();
  const detachment = page.detach(DISK, controller.signal);
  // A call that fails earlier ends the waiting, too.
  await Promise.race([isStored, detachment]);
  controller.abort();
  await assert.rejects(detachment, { kind: "aborted" });
}

test("a page that was left goes on with the task, without another DELETE, and forgets it at the end", async (t) => {
  const opened = await openPage(t, 50);
  await leave(opened);
  assert.equal(opened.stored.size, 1);
  await opened.page.resume();
  assert.equal(opened.deletes(), 1);
  assert.equal(opened.stored.size, 0);
});

test("a task that has failed is not gone on with for ever", async (t) => {
  const opened = await openPage(t, 50);
  opened.sim.faults.add({ fault: "job-fails" });
  await leave(opened);
  await assert.rejects(opened.page.resume(), { kind: "job-failed" });
  assert.equal(opened.stored.size, 0);
  await opened.page.resume();
  assert.equal(opened.deletes(), 1);
});

test("a second click goes on with the task", async (t) => {
  const opened = await openPage(t, 50);
  await leave(opened);
  await opened.page.detach(DISK);
  assert.deepEqual([opened.deletes(), opened.stored.size], [1, 0]);
});

test("each disk has a task of its own", { timeout: 60_000 }, async (t) => {
  const { sim, stored, page, deletes } = await openPage(t, 50);
  const other = { serverId: SERVER_IDS.db, volumeId: DISK_IDS.dbData };
  const controller = new AbortController();
  const detachments = [DISK, other].map((disk) => page.detach(disk, controller.signal));
  while (stored.size < 2) await new Promise(setImmediate);
  controller.abort();
  await Promise.allSettled(detachments);
  await page.resume();
  const attached = sim.state.attachments.map(({ volumeId }) => volumeId);
  assert.deepEqual([attached.includes(DISK.volumeId), attached.includes(other.volumeId)], [false, false]);
  assert.deepEqual([deletes(), stored.size], [2, 0]);
});
