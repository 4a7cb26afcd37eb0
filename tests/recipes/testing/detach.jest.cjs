const { detachVolumeAndWait } = require("ecs-detach-volume");
const { cloud, DATA_DISK_ID, PROJECT_ID, SERVER_ID } = require("ecs-detach-volume/testing");

const options = {
  endpoint: "https://console.example.com/api/ecs",
  projectId: PROJECT_ID,
  serverId: SERVER_ID,
  volumeId: DATA_DISK_ID,
  // So that a test does not wait as long as a person.
  initialDelayMs: 1,
  retry: { baseDelayMs: 1 },
};

afterEach(() => jest.useRealTimers());

test("a lost reply does not lead to a second DELETE", async () => {
  const myCloud = cloud({ faults: ["drop-after"], taskMs: 0 });
  await detachVolumeAndWait({ ...options, fetch: myCloud });
  expect(myCloud.requests.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  expect(myCloud.isAttached(DATA_DISK_ID)).toBe(false);
});

test("a task that fails says why", async () => {
  const myCloud = cloud({ faults: ["job-fails:Ecs.1300"], taskMs: 0 });
  await expect(detachVolumeAndWait({ ...options, fetch: myCloud })).rejects.toMatchObject({
    kind: "job-failed",
    errorCode: "Ecs.1300",
  });
});

test("two minutes pass at once", async () => {
  jest.useFakeTimers();
  const myCloud = cloud({ taskMs: 120_000 });
  const call = detachVolumeAndWait({ ...options, fetch: myCloud });
  await jest.advanceTimersByTimeAsync(180_000);
  await call;
  expect(myCloud.isAttached(DATA_DISK_ID)).toBe(false);
});
