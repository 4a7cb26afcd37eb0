// Many disks at once, through the built package, in virtual time.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type BatchProgress,
  type DetachSettled,
  type DetachVolumesOptions,
  detachVolumes,
  type EcsErrorKind,
  isEcsError,
} from "ecs-detach-volume";
import { createSimulator, PROJECT_ID, TOKEN } from "../simulator/index.ts";
import { seedOf } from "./many.ts";
import { countingSignal, rejection, untouched } from "./support.ts";
import { inVirtualTime } from "./virtual-time.ts";

function batch(servers: number, disksEach: number) {
  const simulator = createSimulator({ seed: seedOf(servers, disksEach) });
  const options: DetachVolumesOptions = {
    endpoint: "https://ecs.example.com",
    projectId: PROJECT_ID,
    auth: { token: TOKEN },
    fetch: simulator.fetch,
    targets: simulator.state.attachments.map(({ serverId, volumeId }) => ({ serverId, volumeId })),
  };
  return { simulator, options };
}

const kinds = (settled: DetachSettled[]): (EcsErrorKind | "detached")[] =>
  settled.map((one) => (one.status === "fulfilled" ? "detached" : one.reason.kind));

test("every disk is detached once, and the results are in the order of the targets", () =>
  inVirtualTime(async () => {
    const { simulator, options } = batch(7, 5);
    const shuffled = options.targets.map((_, index) => options.targets[(index * 12) % 35] ?? assert.fail());
    const settled = await detachVolumes({ ...options, targets: shuffled });
    assert.deepEqual(
      settled.map(({ target }) => target),
      shuffled,
    );
    assert.deepEqual(new Set(kinds(settled)), new Set(["detached"]));
    assert.equal(simulator.state.attachments.length, 0);
    assert.equal(simulator.state.jobs.length, 35);
  }));

test("one server takes one detachment at a time, and so does one disk", () =>
  inVirtualTime(async () => {
    const { simulator, options } = batch(3, 4);
    // A disk that is listed for two servers: the second turn comes after the first.
    const shared = { serverId: "server-1", volumeId: "server-0-0" };
    const running = new Map<string, number>();
    let most = 0;
    const onProgress = ({ target, progress }: BatchProgress) => {
      if (!progress) running.delete(target.serverId + target.volumeId);
      else running.set(target.serverId + target.volumeId, 1);
      const servers = [...running.keys()].map((key) => key.slice(0, 8));
      assert.equal(new Set(servers).size, servers.length, "two on one server");
      assert.ok(
        [...running.keys()].filter((key) => key.endsWith("server-0-0")).length <= 1,
        "two of one disk",
      );
      most = Math.max(most, running.size);
    };
    const settled = await detachVolumes({ ...options, targets: [...options.targets, shared], onProgress });
    assert.equal(most, 3);
    assert.equal(kinds(settled).filter((kind) => kind === "detached").length, 12);
    assert.equal(kinds(settled).at(-1), "not-attached");
    assert.ok(!simulator.requests.some(({ answered }) => answered === 501), "the server was busy");
  }));

test("no more servers at once than asked for", () =>
  inVirtualTime(async () => {
    const { options } = batch(9, 1);
    const running = new Set<number>();
    let most = 0;
    await detachVolumes({
      ...options,
      concurrency: 4,
      onProgress: ({ index, progress }) => {
        if (progress) running.add(index);
        else running.delete(index);
        most = Math.max(most, running.size);
      },
    });
    assert.equal(most, 4);
  }));

test("one failure stops no other, and each says what it was", () =>
  inVirtualTime(async () => {
    const { simulator, options } = batch(4, 2);
    simulator.faults.add({ method: "DELETE", path: /server-1-0/, fault: "job-fails" });
    simulator.faults.add({ method: "DELETE", path: /server-2-1/, fault: "code:Ecs.0605" });
    const seen: BatchProgress[] = [];
    const settled = await detachVolumes({ ...options, onProgress: (progress) => seen.push(progress) });
    const expected = Array.from({ length: 8 }, () => "detached");
    expected[2] = "job-failed";
    expected[5] = "conflict";
    assert.deepEqual(kinds(settled), expected);
    const { total, detached, failed, progress } = seen.at(-1) ?? assert.fail();
    assert.deepEqual(
      { total, detached, failed, progress },
      { total: 8, detached: 6, failed: 2, progress: null },
    );
    assert.deepEqual([...new Set(seen.map(({ index }) => index))].sort(), [0, 1, 2, 3, 4, 5, 6, 7]);
  }));

test("an abort starts no other disk, and says which ones are under way", () =>
  inVirtualTime(async () => {
    const { simulator, options } = batch(6, 2);
    const controller = new AbortController();
    const settled = await detachVolumes({
      ...options,
      concurrency: 2,
      signal: controller.signal,
      onProgress: ({ progress }) => {
        if (progress?.status === "RUNNING") controller.abort("enough");
      },
    });
    assert.deepEqual(new Set(kinds(settled)), new Set(["aborted"]));
    const reasons = settled.map((one) => (one.status === "rejected" ? one.reason : assert.fail()));
    const underWay = reasons.filter(({ mayHaveStarted }) => mayHaveStarted).map(({ jobId }) => jobId);
    assert.deepEqual(underWay.sort(), simulator.state.jobs.map(({ id }) => id).sort());
    assert.ok(reasons.every(({ cause }) => cause === "enough"));
  }));

test("what a limit of the gateway refuses is sent again, at a pace that all share", () =>
  inVirtualTime(async (clock) => {
    const simulator = createSimulator({ seed: seedOf(200, 2), rateLimit: { requests: 50, windowMs: 1000 } });
    const { options } = batch(200, 2);
    let refused = 0;
    let sent = 0;
    const fetch: typeof globalThis.fetch = async (...args) => {
      const reply = await simulator.fetch(...args);
      sent += 1;
      if (reply.status === 429) refused += 1;
      return reply;
    };
    const settled = await detachVolumes({ ...options, fetch, concurrency: 200 });
    assert.deepEqual(new Set(kinds(settled)), new Set(["detached"]));
    assert.ok(refused > 0 && refused < sent / 20, `${refused} of ${sent} were refused`);
    const seconds = (clock.now - Date.UTC(2026, 0, 1)) / 1000;
    assert.ok(seconds < (sent / 50) * 1.4, `${sent} requests took ${seconds} s`);
  }));

test("a target says which disk and whether by force, and nothing else", () =>
  inVirtualTime(async () => {
    const { simulator, options } = batch(2, 1);
    const strangers = {
      endpoint: "https://elsewhere.example",
      projectId: "x",
      systemDisk: "allow",
      timeoutMs: "x",
    };
    const targets = options.targets.map((target) => ({ ...target, ...strangers, force: true }));
    assert.deepEqual(kinds(await detachVolumes({ ...options, targets })), ["detached", "detached"]);
    const deletes = simulator.requests.filter(({ method }) => method === "DELETE");
    assert.equal(deletes.filter(({ url }) => url.endsWith("delete_flag=1")).length, 2);
    assert.equal(simulator.requests[0]?.method, "GET", "systemDisk was taken from a target");
  }));

test("a function that fails for one disk does not stop the others", () =>
  inVirtualTime(async () => {
    const { options } = batch(3, 1);
    let asked = 0;
    const auth = () => {
      asked += 1;
      if (asked === 1) throw new Error("from the function");
      return { token: TOKEN };
    };
    assert.deepEqual(kinds(await detachVolumes({ ...options, auth })), ["auth", "detached", "detached"]);
  }));

test("no targets, no requests", async () => {
  const { options } = batch(1, 1);
  assert.deepEqual(await detachVolumes({ ...options, fetch: untouched, targets: [] }), []);
});

const wrong: [change: object, option: string][] = [
  [{ targets: undefined }, "targets"],
  [{ targets: "server-0" }, "targets"],
  [{ targets: () => [] }, "targets"],
  [{ targets: ["server-0"] }, "targets[0]"],
  [{ targets: [{ serverId: "s", volumeId: "v" }, null] }, "targets[1]"],
  [{ targets: [{ serverId: "s", volumeId: "v" }, { serverId: "s" }] }, "targets[1].volumeId"],
  [{ targets: [{ serverId: "../s", volumeId: "v" }] }, "targets[0].serverId"],
  [{ targets: [{ serverId: "s", volumeId: "v", force: 1 }] }, "targets[0].force"],
  [{ targets: [{ serverId: "s", volumeId: "v", delete_flag: 1 }] }, "targets[0].delete_flag"],
  [{ concurrency: 0 }, "concurrency"],
  [{ concurrency: 1001 }, "concurrency"],
  [{ concurrency: "2" }, "concurrency"],
  [{ endpoint: "ftp://host" }, "endpoint"],
  [{ pollIntervalMs: 0 }, "pollIntervalMs"],
  [{ onProgress: 1 }, "onProgress"],
];
for (const [change, option] of wrong) {
  test(`${JSON.stringify(change)} is refused by name (${option}), before anything is sent`, async () => {
    const { options } = batch(1, 1);
    const promise = detachVolumes({ ...options, fetch: untouched, ...change } as DetachVolumesOptions);
    const error = await rejection(promise);
    assert.ok(isEcsError(error) && error.kind === "options", String(error));
    assert.equal(error.option, option);
    assert.ok(error.message.includes(`"${option}"`), error.message);
  });
}

test("many servers and one signal: one listener, and none in the end", () =>
  inVirtualTime(async () => {
    const { options } = batch(40, 1);
    const { signal, listeners } = countingSignal();
    let most = 0;
    const onProgress = () => {
      most = Math.max(most, listeners());
    };
    const settled = await detachVolumes({ ...options, signal, onProgress, concurrency: 40 });
    assert.deepEqual(new Set(kinds(settled)), new Set(["detached"]));
    assert.deepEqual([most, listeners()], [1, 0]);
  }));
