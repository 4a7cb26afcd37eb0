export type Language = "en-us" | "zh-cn";

export interface Project {
  id: string;
  /** The account that the project belongs to. */
  domainId: string;
  name: string;
  tokens: readonly string[];
  accessKeys: readonly AccessKey[];
}

/** A pair of keys with which requests are signed. */
export interface AccessKey {
  accessKey: string;
  secretKey: string;
  /** Only a temporary pair has one, and is good for nothing without it. */
  securityToken?: string;
}

export interface Server {
  id: string;
  projectId: string;
  name: string;
  /** As in the API: `ACTIVE`, `SHUTOFF`, `BUILD`, `REBOOT`, `ERROR` and so on. */
  status: string;
  locked: boolean;
}

export interface Disk {
  id: string;
  projectId: string;
  name: string;
  sizeGiB: number;
  bus: "virtio" | "scsi";
  bootable: boolean;
  /** A frozen disk can neither be attached nor detached. */
  frozen: boolean;
}

export interface Attachment {
  serverId: string;
  volumeId: string;
  /** The disk service's own id of the attachment, which is not the disk's id. */
  attachmentId: string;
  device: string;
  pciAddress: string;
  /** 0: system disk. The service answers -1 or null for data disks. */
  bootIndex: number | null;
}

/** What a cloud starts with. */
export interface Seed {
  projects: readonly Project[];
  servers: readonly Server[];
  disks: readonly Disk[];
  attachments: readonly Omit<Attachment, "attachmentId">[];
}

/** How a job will go, decided when it starts. */
export type JobPlan =
  | { kind: "succeeds" }
  | { kind: "never-ends" }
  | { kind: "vanishes"; afterMs: number }
  | { kind: "fails"; code: string; where: "sub-job" | "top" | "split" }
  /** It goes on, and the first questions about it are answered as if there were no such job. */
  | { kind: "hidden"; looks: number; as: "service" | "gateway" | "html" }
  /** Its last word is another one than the API's. */
  | { kind: "says"; word: string; isDetached: boolean }
  /** It succeeds, the disk is seen attached so many times, and then nobody can look any more. */
  | { kind: "unreadable"; looks: number; how: "offline" | number }
  | { kind: "lingers"; ms: number };

export type JobStatus = "INIT" | "RUNNING" | "SUCCESS" | "FAIL";

export interface Job {
  id: string;
  type: "attachVolume" | "detachVolume";
  projectId: string;
  serverId: string;
  volumeId: string;
  /** Where an attached disk will appear. */
  device: string;
  /** Epoch milliseconds. */
  beginMs: number;
  plan: JobPlan;
  /** How many looks its plan has counted. */
  looks: number;
}

/** One request as the simulator received it, also when it then lost the connection. */
export interface ReceivedRequest {
  /** Epoch milliseconds on the simulator's clock. */
  at: number;
  method: string;
  /** Path and query. */
  url: string;
  /** Lower-case names; tokens and signatures are masked. */
  headers: Record<string, string>;
  body: string;
  /** The status answered; `dropped`: the caller got none; `pending`: not answered yet. */
  answered: number | "dropped" | "pending";
}
