import type { AccessKey, Disk, Project, Seed, Server } from "./types.ts";

export const PROJECT_ID = "0123456789abcdef0123456789abcdef";
export const TOKEN = "sim-token-0001";

/** A pair of keys for the first project. */
export const ACCESS_KEY = "SIMULATEDACCESSKEY01";
export const SECRET_KEY = "simulated-secret-key-that-opens-nothing1";

/** Another that is good only together with its security token. */
export const TEMPORARY_KEYS = {
  accessKey: "SIMULATEDTEMPORARY01",
  secretKey: "simulated/temporary+key=opens-nothing-01",
  securityToken: "simulated/security+token=0001",
} as const;

/** The account of both projects. */
const DOMAIN_ID = "00000000000000000000000000000d01";

/** A project without servers, whose token is good for nothing in the first one. */
export const OTHER_PROJECT_ID = "fedcba9876543210fedcba9876543210";
export const OTHER_TOKEN = "sim-token-0002";

export const SERVER_IDS = {
  /** `web-01`: ACTIVE, Linux on KVM. */
  web: "4d8c3732-a248-40ed-bebc-539a6ffd25c0",
  /** `db-01`: SHUTOFF. */
  db: "9c1f0a5e-7b3d-4e86-a1f2-6d5b8c904e11",
  /** `legacy-01`: ACTIVE, its data disk is frozen. */
  legacy: "e7a2b6d4-15c8-4f03-9b7e-2c40d18f5a96",
} as const;

export const DISK_IDS = {
  webSystem: "b1d5f3c2-0e64-4a7b-8c19-f20a6d3e7b58",
  webData: "a26887c6-c47b-4654-abb5-dfadf7d3f803",
  webLogs: "6f3e9d10-82b4-4c5a-97d6-1e0b5a4c8f27",
  /** On the scsi bus; the others are virtio. */
  webArchive: "d94c7e08-3a1f-4b62-85e0-7c9f2b6d1a43",
  dbSystem: "58e0a7b9-c6d2-4f14-b3a8-9d7e1c5f0426",
  dbData: "2b7d4f81-9e0c-4536-8af1-e3c6b5d97024",
  legacySystem: "c03a9e5d-64f7-41b8-9d2c-5a8e7f1b0d36",
  legacyFrozen: "71e8c2f4-d5a0-4b93-86e7-0f4d9b3c6a15",
} as const;

const ACCESS_KEYS: readonly AccessKey[] = [{ accessKey: ACCESS_KEY, secretKey: SECRET_KEY }, TEMPORARY_KEYS];

const SERVERS: readonly Server[] = [
  server(SERVER_IDS.web, "web-01", "ACTIVE"),
  server(SERVER_IDS.db, "db-01", "SHUTOFF"),
  server(SERVER_IDS.legacy, "legacy-01", "ACTIVE"),
];

const DISKS: readonly Disk[] = [
  disk(DISK_IDS.webSystem, "web-01-system", 40, { bootable: true }),
  disk(DISK_IDS.webData, "web-01-data", 100),
  disk(DISK_IDS.webLogs, "web-01-logs", 20),
  disk(DISK_IDS.webArchive, "web-01-archive", 500, { bus: "scsi" }),
  disk(DISK_IDS.dbSystem, "db-01-system", 40, { bootable: true }),
  disk(DISK_IDS.dbData, "db-01-data", 200),
  disk(DISK_IDS.legacySystem, "legacy-01-system", 40, { bootable: true }),
  disk(DISK_IDS.legacyFrozen, "legacy-01-frozen", 10, { frozen: true }),
];

/** The cloud that a simulator starts with unless it is given another. */
export function defaultSeed(): Seed {
  const { web, db, legacy } = SERVER_IDS;
  return {
    projects: [
      { ...project(PROJECT_ID, "cn-north-4", TOKEN), accessKeys: ACCESS_KEYS },
      project(OTHER_PROJECT_ID, "cn-north-4_other", OTHER_TOKEN),
    ],
    servers: SERVERS,
    disks: DISKS,
    attachments: [
      attachment(web, DISK_IDS.webSystem, "/dev/vda", "0000:02:01.0", 0),
      attachment(web, DISK_IDS.webData, "/dev/vdb", "0000:02:02.0", -1),
      attachment(web, DISK_IDS.webLogs, "/dev/vdc", "0000:02:03.0", -1),
      attachment(web, DISK_IDS.webArchive, "/dev/sdb", "", null),
      attachment(db, DISK_IDS.dbSystem, "/dev/vda", "0000:02:01.0", 0),
      attachment(db, DISK_IDS.dbData, "/dev/vdb", "0000:02:02.0", -1),
      attachment(legacy, DISK_IDS.legacySystem, "/dev/vda", "0000:02:01.0", 0),
      attachment(legacy, DISK_IDS.legacyFrozen, "/dev/vdb", "0000:02:02.0", -1),
    ],
  };
}

function project(id: string, name: string, token: string): Project {
  return { id, domainId: DOMAIN_ID, name, tokens: [token], accessKeys: [] };
}

function server(id: string, name: string, status: string): Server {
  return { id, projectId: PROJECT_ID, name, status, locked: false };
}

function disk(id: string, name: string, sizeGiB: number, more: Partial<Disk> = {}): Disk {
  return { id, projectId: PROJECT_ID, name, sizeGiB, bus: "virtio", bootable: false, frozen: false, ...more };
}

function attachment(
  serverId: string,
  volumeId: string,
  device: string,
  pciAddress: string,
  bootIndex: number | null,
) {
  return { serverId, volumeId, device, pciAddress, bootIndex };
}
