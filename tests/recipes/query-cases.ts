// What the recipes for TanStack Query do, against the simulated cloud.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  type Attachment,
  type DetachVolumeAndWaitOptions,
  isEcsError,
  type Progress,
} from "ecs-detach-volume";
import {
  cloud,
  DATA_DISK_ID,
  type Fault,
  PROJECT_ID,
  SERVER_ID,
  SYSTEM_DISK_ID,
} from "ecs-detach-volume/testing";

import { keyOf } from "./leaving/detachments.ts";

const OPTIONS = { timeout: 60_000 };

/** What a component shows. */
export interface Shown {
  disks: readonly Attachment[] | undefined;
  isDetaching: boolean;
  isElsewhere: boolean;
  progress: Progress | null;
  error: unknown;
}

/** What a page shows while the component is away. */
export const NOTHING = {
  disks: undefined,
  isDetaching: false,
  isElsewhere: false,
  progress: null,
  error: null,
  detach() {},
};

/** A page with a component that uses a recipe and the list of disks. */
export interface Page {
  shown(): Shown;
  detach(): void;
  /** Takes the component away, and brings it back. */
  toggle(): Promise<void> | void;
  setOnline(isOnline: boolean): void;
  close(): void;
}

export type OpenPage = (options: DetachVolumeAndWaitOptions) => Promise<Page>;

export function testQueryRecipe(library: string, openPage: OpenPage): void {
  test(`${library}: shows how far it is, and the new list of disks at the end`, OPTIONS, async (t) => {
    const { page, myCloud } = await setUp(t, openPage);
    assert.deepEqual(idsOf(page), [SYSTEM_DISK_ID, DATA_DISK_ID]);
    page.detach();
    await until(() => page.shown().progress?.phase === "waiting");
    assert.ok(page.shown().isDetaching);
    myCloud.advance(60_000);
    await until(() => !page.shown().isDetaching);
    assert.deepEqual(idsOf(page), [SYSTEM_DISK_ID]);
    assert.deepEqual([page.shown().progress, page.shown().error], [null, null]);
  });

  test(`${library}: a failure is shown, and the list is read again`, OPTIONS, async (t) => {
    const { page, myCloud } = await setUp(t, openPage, "code:Pdp.0001");
    page.detach();
    await until(() => isEcsError(page.shown().error));
    const { error } = page.shown();
    assert.ok(isEcsError(error) && error.kind === "forbidden");
    await until(() => !page.shown().isDetaching);
    assert.equal(lists(myCloud), 2);
  });

  test(
    `${library}: goes on while the component is away, and shows it when it is back`,
    OPTIONS,
    async (t) => {
      const { page, myCloud } = await setUp(t, openPage);
      page.detach();
      await until(() => page.shown().progress?.phase === "waiting");
      await page.toggle();
      await page.toggle();
      await until(() => page.shown().progress?.phase === "waiting" && page.shown().isDetaching);
      myCloud.advance(60_000);
      await until(() => !page.shown().isDetaching);
      assert.deepEqual([idsOf(page), deletions(myCloud)], [[SYSTEM_DISK_ID], 1]);
    },
  );

  test(
    `${library}: a second click changes nothing, and the failure of the first is shown`,
    OPTIONS,
    async (t) => {
      const { page, myCloud } = await setUp(t, openPage, "job-fails");
      page.detach();
      page.detach();
      await until(() => page.shown().progress?.phase === "waiting");
      page.detach();
      await until(() => page.shown().progress?.phase === "waiting" && page.shown().isDetaching);
      myCloud.advance(60_000);
      await until(() => isEcsError(page.shown().error));
      assert.deepEqual([page.shown().isDetaching, deletions(myCloud)], [false, 1]);
    },
  );

  test(`${library}: a failure while the component is away is shown when it is back`, OPTIONS, async (t) => {
    const { page, myCloud } = await setUp(t, openPage, "job-fails");
    page.detach();
    await until(() => page.shown().progress?.phase === "waiting");
    await page.toggle();
    myCloud.advance(60_000);
    await until(() => localStorage.length === 0);
    await page.toggle();
    await until(() => isEcsError(page.shown().error));
    assert.equal(page.shown().isDetaching, false);
  });

  test(`${library}: a click while another tab is detaching the disk says so`, OPTIONS, async (t) => {
    const { page, myCloud, options } = await setUp(t, openPage);
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const other = locks.request(keyOf(options), {}, () => ended);
    page.detach();
    await until(() => page.shown().isElsewhere);
    assert.deepEqual([page.shown().isDetaching, deletions(myCloud)], [false, 0]);
    end();
    await other;
    page.detach();
    await until(() => page.shown().progress?.phase === "waiting");
    assert.equal(page.shown().isElsewhere, false);
    myCloud.advance(60_000);
    await until(() => !page.shown().isDetaching);
  });

  test(`${library}: after a reload, goes on with the task`, OPTIONS, async (t) => {
    const { page, myCloud, options } = await setUp(t, openPage);
    page.detach();
    await until(() => localStorage.length === 1);
    page.close();
    held.clear(); // Locks end with their page.
    const next = await openPage(options);
    t.after(() => next.close());
    await until(() => next.shown().isDetaching);
    myCloud.advance(60_000);
    await until(() => !next.shown().isDetaching && idsOf(next).length > 0);
    assert.deepEqual([idsOf(next), deletions(myCloud)], [[SYSTEM_DISK_ID], 1]);
  });

  test(`${library}: a click while offline fails instead of waiting for another time`, OPTIONS, async (t) => {
    const { page, options } = await setUp(t, openPage);
    Object.assign(options, { fetch: () => Promise.reject(new TypeError("Failed to fetch")) });
    page.setOnline(false);
    page.detach();
    await until(() => isEcsError(page.shown().error));
    page.setOnline(true);
  });
}

/** For a `QueryClient`: no timer keeps the process alive to clean up a cache. */
export const FOR_EVER = {
  defaultOptions: { queries: { gcTime: Infinity }, mutations: { gcTime: Infinity } },
};

const held = new Set<string>();

/** What pages have and Node has not. */
export const locks = {
  async request<T>(name: string, _: object, body: (lock: object | null) => Promise<T>): Promise<T> {
    if (held.has(name)) return body(null);
    held.add(name);
    try {
      return await body({});
    } finally {
      held.delete(name);
    }
  },
};

async function setUp(t: TestContext, openPage: OpenPage, ...faults: Fault[]) {
  localStorage.clear();
  const myCloud = cloud({ now: Date.UTC(2026, 0, 1), taskMs: 60_000, faults });
  const options = {
    endpoint: "https://ecs.example.com",
    projectId: PROJECT_ID,
    serverId: SERVER_ID,
    volumeId: DATA_DISK_ID,
    initialDelayMs: 1,
    pollIntervalMs: 1,
    maxPollIntervalMs: 20,
    retry: false as const,
    fetch: myCloud,
  };
  const page = await openPage(options);
  t.after(() => page.close());
  await until(() => page.shown().disks !== undefined);
  return { page, myCloud, options };
}

const idsOf = (page: Page) => page.shown().disks?.map(({ volumeId }) => volumeId) ?? [];
const deletions = (myCloud: ReturnType<typeof cloud>) =>
  myCloud.requests.filter(({ method }) => method === "DELETE").length;
const lists = (myCloud: ReturnType<typeof cloud>) =>
  myCloud.requests.filter(({ path }) => path.endsWith("/block_device")).length;

/** Waits; the time-out of the test ends it where it never comes. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}
