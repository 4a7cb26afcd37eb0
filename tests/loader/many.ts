// Clouds of any size.
import { PROJECT_ID, type Seed, TOKEN } from "../simulator/index.ts";

/** So many servers with so many data disks each; disk `d` of server `s` is called `s-d`. */
export function seedOf(servers: number, disksEach: number): Seed {
  const serverIds = Array.from({ length: servers }, (_, index) => `server-${index}`);
  const disks = serverIds.flatMap((serverId) =>
    Array.from({ length: disksEach }, (_, index) => ({ serverId, volumeId: `${serverId}-${index}` })),
  );
  return {
    projects: [{ id: PROJECT_ID, name: "cn-north-4", domainId: "domain", tokens: [TOKEN], accessKeys: [] }],
    servers: serverIds.map((id) => ({
      id,
      projectId: PROJECT_ID,
      name: id,
      status: "ACTIVE",
      locked: false,
    })),
    disks: disks.map(({ volumeId }) => ({
      id: volumeId,
      projectId: PROJECT_ID,
      name: volumeId,
      sizeGiB: 10,
      bus: "virtio",
      bootable: false,
      frozen: false,
    })),
    attachments: disks.map(({ serverId, volumeId }) => ({
      serverId,
      volumeId,
      device: "/dev/vdb",
      pciAddress: "",
      bootIndex: -1,
    })),
  };
}
