// What goes well.
import type { BatchProgress, Progress } from "ecs-detach-volume";
import { DISK_IDS, SERVER_IDS } from "../../../simulator/seed.ts";
import { equal, matches } from "../assert.ts";
import { OFTEN } from "../tools.ts";
import type { Cases } from "./index.ts";

export const detaching: Cases = {
  "a detach gives the task": async ({ api, options, received }) => {
    const { jobId } = await api.detachVolume({ ...options, force: true });
    matches(jobId, /^[0-9a-f]{32}$/);
    const [sent, ...more] = await received("DELETE");
    equal(more, []);
    matches(
      sent?.url,
      new RegExp(`/cloudservers/${SERVER_IDS.web}/detachvolume/${DISK_IDS.webData}\\?delete_flag=1$`),
    );
  },

  "a path on the page's own origin is an endpoint, as is a URL": async ({ api, options }) => {
    const { volumeId: _, ...rest } = options;
    for (const endpoint of ["/", new URL(location.origin)]) {
      equal((await api.listAttachments({ ...rest, endpoint })).length, 4);
    }
  },

  "a detach is followed until the disk is off the server": async ({ api, options }) => {
    const seen: Progress[] = [];
    const onProgress = (progress: Progress) => seen.push(progress);
    const outcome = await api.detachVolumeAndWait({ ...options, ...OFTEN, onProgress });
    equal([outcome.confirmedBy, outcome.job?.status, outcome.attempts], ["attachment", "SUCCESS", 1]);
    equal(outcome.jobId, outcome.job?.jobId);
    equal([...new Set(seen.map(({ phase }) => phase))], ["checking", "submitting", "waiting", "confirming"]);
    const times = seen.map(({ elapsedMs }) => elapsedMs);
    equal(
      times,
      [...times].sort((a, b) => a - b),
      "the order of the times",
    );
    equal(await api.getAttachment(options), null);
  },

  "a task is followed by its id": async ({ api, options: { serverId, volumeId, ...connection } }) => {
    const { jobId } = await api.detachVolume({ ...connection, serverId, volumeId });
    equal((await api.getJob({ ...connection, jobId })).jobType, "detachVolume");
    const job = await api.waitForJob({ ...connection, ...OFTEN, jobId });
    equal([job.status, job.entities], ["SUCCESS", { server_id: serverId, volume_id: volumeId }]);
  },

  "the disks of a server are listed": async ({ api, options: { volumeId: _, ...options } }) => {
    const disks = await api.listAttachments(options);
    const { webSystem, webData, webLogs, webArchive } = DISK_IDS;
    equal(
      disks.map(({ volumeId }) => volumeId),
      [webSystem, webData, webLogs, webArchive],
    );
    equal(disks[0], {
      volumeId: webSystem,
      serverId: SERVER_IDS.web,
      device: "/dev/vda",
      bus: "virtio",
      pciAddress: "0000:02:01.0",
      sizeGiB: 40,
      bootIndex: 0,
      isSystemDisk: true,
    });
  },

  "several disks are detached, and one failure stops no other": async ({ api, options }) => {
    const { serverId, volumeId, ...connection } = options;
    const seen: BatchProgress[] = [];
    const targets = [
      { serverId, volumeId },
      { serverId, volumeId: DISK_IDS.webLogs },
      { serverId, volumeId: DISK_IDS.webSystem },
      { serverId: SERVER_IDS.db, volumeId: DISK_IDS.dbData },
    ];
    const onProgress = (progress: BatchProgress) => seen.push(progress);
    const settled = await api.detachVolumes({ ...connection, ...OFTEN, targets, onProgress });
    equal(
      settled.map((one) => (one.status === "fulfilled" ? one.value.confirmedBy : one.reason.kind)),
      ["attachment", "attachment", "system-disk", "attachment"],
    );
    const { total, detached, failed } = seen.at(-1) ?? {};
    equal({ total, detached, failed }, { total: 4, detached: 3, failed: 1 });
  },

  "fifty calls at once share one instance": async ({ api, options: { volumeId: _, ...options } }) => {
    const lists = await Promise.all(Array.from({ length: 50 }, () => api.listAttachments(options)));
    equal(new Set(lists.map((list) => JSON.stringify(list))).size, 1);
  },
};
