import { detachVolumeAndWait } from "ecs-detach-volume";
import { cloud, DATA_DISK_ID, PROJECT_ID, SERVER_ID, SYSTEM_DISK_ID } from "ecs-detach-volume/testing";
import { afterEach, expect, test, vi } from "vitest";

const options = {
  endpoint: "https://console.example.com/api/ecs",
  projectId: PROJECT_ID,
  serverId: SERVER_ID,
  volumeId: DATA_DISK_ID,
};

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a disk is detached", async () => {
  const myCloud = cloud({ taskMs: 0 });
  await detachVolumeAndWait({ ...options, fetch: myCloud, initialDelayMs: 1 });
  expect(myCloud.isAttached(DATA_DISK_ID)).toBe(false);
});

test("no DELETE is sent for a system disk", async () => {
  const myCloud = cloud();
  const call = detachVolumeAndWait({ ...options, volumeId: SYSTEM_DISK_ID, fetch: myCloud });
  await expect(call).rejects.toMatchObject({ kind: "system-disk", mayHaveStarted: false });
  expect(myCloud.requests.map(({ method }) => method)).toEqual(["GET"]);
});

test("two minutes pass at once", async () => {
  vi.useFakeTimers();
  const myCloud = cloud({ taskMs: 120_000, faults: ["offline:20"] });
  vi.stubGlobal("fetch", myCloud);
  const call = detachVolumeAndWait(options);
  await vi.advanceTimersByTimeAsync(180_000);
  await call;
  expect(myCloud.isAttached(DATA_DISK_ID)).toBe(false);
});
