// What every recipe for a framework does, against the simulated cloud.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DetachVolumeAndWaitOptions, isEcsError } from "ecs-detach-volume";
import { cloud, DATA_DISK_ID, PROJECT_ID, SERVER_ID, SYSTEM_DISK_ID } from "ecs-detach-volume/testing";
import { texts } from "../../pkg/loader/messages/en/texts.js";
import type { Detachment } from "./react/useDetachVolume.ts";

/** Less than the package waits by itself: what does not end the waiting fails. */
const OPTIONS = { timeout: 20_000 };

/** A recipe in use. */
export interface Mounted {
  detachment(): Detachment;
  detach(): Promise<void>;
  cancel(): void;
  /** What the framework does when the component goes away. */
  remove(): void;
  /** Runs `body`, and waits until the framework has shown what came of it. */
  settle(body: () => Promise<void> | void): Promise<void>;
}

export type Mount = (options: DetachVolumeAndWaitOptions) => Promise<Mounted> | Mounted;

export function testRecipe(framework: string, mount: Mount): void {
  test(`${framework}: shows how far it is, and that the disk is detached`, OPTIONS, async () => {
    const { mounted, myCloud, submitted, release } = await setUp(mount);
    assert.equal(mounted.detachment().state, "idle");
    const ended = await start(mounted, submitted);
    const running = mounted.detachment();
    assert.ok(running.state === "running" && running.progress?.phase === "submitting");
    release();
    await mounted.settle(ended);
    assert.equal(mounted.detachment().state, "done");
    assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
  });

  test(`${framework}: describes a failure`, OPTIONS, async () => {
    const { mounted } = await setUp(mount, SYSTEM_DISK_ID);
    await mounted.settle(() => mounted.detach());
    const failed = mounted.detachment();
    assert.ok(failed.state === "failed");
    assert.equal(failed.description.title, texts.kinds["system-disk"][0]);
  });

  test(
    `${framework}: ends the waiting when it is cancelled, and says that the task may go on`,
    OPTIONS,
    async () => {
      const { mounted, submitted } = await setUp(mount);
      const ended = await start(mounted, submitted);
      mounted.cancel();
      await mounted.settle(ended);
      const failed = mounted.detachment();
      assert.ok(failed.state === "failed" && isEcsError(failed.error));
      assert.deepEqual([failed.error.kind, failed.error.mayHaveStarted], ["aborted", true]);
      assert.ok(failed.description.explanation.includes(texts.fates.unclear[0]));
    },
  );

  test(`${framework}: ends the waiting when the component goes away`, OPTIONS, async () => {
    const { mounted, submitted } = await setUp(mount);
    const ended = await start(mounted, submitted);
    const signal = await submitted;
    await mounted.settle(() => mounted.remove());
    await ended();
    assert.ok(signal?.aborted);
  });

  test(`${framework}: does not begin a second time while it is under way`, OPTIONS, async () => {
    const { mounted, myCloud, submitted, release } = await setUp(mount);
    const ended = await start(mounted, submitted);
    await mounted.settle(() => mounted.detach());
    release();
    await mounted.settle(ended);
    assert.equal(myCloud.requests.filter(({ method }) => method === "DELETE").length, 1);
  });
}

/** Goes as far as the DELETE, and gives a function that waits for the end: a promise alone would be awaited with it. */
async function start(mounted: Mounted, submitted: Promise<unknown>): Promise<() => Promise<void>> {
  let ended = Promise.resolve();
  await mounted.settle(async () => {
    ended = mounted.detach();
    await submitted;
  });
  return () => ended;
}

/** A cloud that answers a DELETE only when it is released. */
async function setUp(mount: Mount, volumeId: string = DATA_DISK_ID) {
  const myCloud = cloud({ taskMs: 1 });
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let submit: (signal: AbortSignal | null | undefined) => void = () => {};
  const submitted = new Promise<AbortSignal | null | undefined>((resolve) => {
    submit = resolve;
  });
  const mounted = await mount({
    endpoint: "https://ecs.example.com",
    projectId: PROJECT_ID,
    serverId: SERVER_ID,
    volumeId,
    initialDelayMs: 1,
    fetch: async (url, init) => {
      if (init?.method !== "DELETE") return myCloud(url, init);
      submit(init.signal);
      await Promise.race([released, aborted(init.signal)]);
      return myCloud(url, init);
    },
  });
  return { mounted, myCloud, submitted, release };
}

function aborted(signal: AbortSignal | null | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener("abort", () => resolve(), { once: true }));
}
