// The types of `ecs-detach-volume/testing`, as the tests of a console use them. Compiled, never run.
import { type DetachVolumeAndWaitOptions, detachVolumeAndWait } from "ecs-detach-volume";
import {
  type Cloud,
  type CloudOptions,
  cloud,
  DATA_DISK_ID,
  FAULT_NAMES,
  type Fault,
  type FaultName,
  type FaultRule,
  PROJECT_ID,
  SERVER_ID,
  SYSTEM_DISK_ID,
} from "ecs-detach-volume/testing";

const named: Fault[] = ["hang", "throttle:5", "html:502:committed"];
const rule: FaultRule = { fault: "unavailable:3600", on: "task", volumeId: "d", after: 1, times: Infinity };
// @ts-expect-error: there is no such fault.
const misspelt: Fault = "throtle";
// @ts-expect-error: nor is there with an argument.
const misspeltToo: FaultRule = { fault: "throtle:5" };

const everything: CloudOptions = {
  projects: [{ id: "p", name: undefined, tokens: ["t"], accessKeys: [{ accessKey: "a", secretKey: "s" }] }],
  servers: [{ id: "s", projectId: "p", name: "n", status: "SHUTOFF", isLocked: true }],
  disks: [
    { id: "d", serverId: "s", isSystemDisk: true, device: "/dev/sda", bus: "scsi" },
    { id: "e", serverId: null, name: "n", sizeGiB: 1, isFrozen: true },
  ],
  faults: [...named, rule],
  taskMs: 1,
  now: () => 0,
  rateLimit: { requests: 1, windowMs: 1 },
};

const myCloud: Cloud = cloud(everything);
const standIn: typeof globalThis.fetch = myCloud;
const options: DetachVolumeAndWaitOptions = {
  endpoint: "/api/ecs",
  projectId: PROJECT_ID,
  serverId: SERVER_ID,
  volumeId: DATA_DISK_ID,
  fetch: cloud({ now: 0, faults: FAULT_NAMES }),
};

export async function use(request: Request): Promise<string[]> {
  await detachVolumeAndWait({ ...options, volumeId: SYSTEM_DISK_ID, fetch: myCloud });
  const replies: Response[] = [await myCloud(request), await myCloud("/v1/", { method: "DELETE" })];
  myCloud.advance(1000);
  myCloud.addFault("offline");
  myCloud.addFault(rule);
  myCloud.clearFaults();
  myCloud.reset();
  const first: FaultName | undefined = FAULT_NAMES[0];
  return [
    ...myCloud.requests.map(
      ({ at, method, path, query, answered }) => `${at}${method}${path}${query.a}${answered}`,
    ),
    ...myCloud.disks.map(
      ({ id, serverId, isSystemDisk, status }) => `${id}${serverId}${isSystemDisk}${status}`,
    ),
    ...myCloud.tasks.map(({ jobId, status }) => jobId + status),
    `${myCloud.isAttached("d")}${myCloud.now()}${replies.length}${first}${standIn.name}${misspelt}${misspeltToo.on}`,
  ];
}
