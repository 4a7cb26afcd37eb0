import type { Attachment, Disk, Job, JobPlan, JobStatus, Project, Seed, Server } from "./types.ts";

/** How long the first status, `INIT`, lasts: this part of a job's duration. */
const INIT_SHARE = 0.2;

export interface CloudOptions {
  seed: Seed;
  now: () => number;
  jobDurationMs: number;
  jobRetentionMs: number;
}

export interface JobStart {
  type: Job["type"];
  server: Server;
  volumeId: string;
  device: string;
  plan: JobPlan | undefined;
}

/**
 * Servers, disks, attachments and jobs. Nothing runs by itself: what a job does is worked out from the
 * clock when somebody looks, so call `settle` first.
 */
export class Cloud {
  readonly #options: CloudOptions;
  readonly #projects: Map<string, Project>;
  readonly #servers: Map<string, Server>;
  readonly #disks: Map<string, Disk>;
  readonly #attachments = new Map<string, Attachment>();
  readonly #jobs = new Map<string, Job>();
  /** Jobs whose effect is still to come. */
  readonly #pending = new Set<Job>();
  #jobCount = 0;
  #attachmentCount = 0;

  constructor(options: CloudOptions) {
    this.#options = options;
    this.#projects = new Map(options.seed.projects.map((project) => [project.id, project]));
    this.#servers = new Map(options.seed.servers.map((server) => [server.id, server]));
    this.#disks = new Map(options.seed.disks.map((disk) => [disk.id, disk]));
    for (const attachment of options.seed.attachments) this.#attach(attachment);
  }

  /** Brings the state up to the present. */
  settle(): void {
    const now = this.#options.now();
    for (const job of this.#pending) {
      if (now < this.#effectMs(job)) continue;
      this.#pending.delete(job);
      if (job.plan.kind !== "fails") this.#apply(job);
    }
  }

  project(id: string): Project | undefined {
    return this.#projects.get(id);
  }

  projectOfToken(token: string): Project | undefined {
    return [...this.#projects.values()].find((project) => project.tokens.includes(token));
  }

  server(projectId: string, id: string): Server | undefined {
    const server = this.#servers.get(id);
    return server?.projectId === projectId ? server : undefined;
  }

  servers(projectId?: string): Server[] {
    return [...this.#servers.values()].filter((server) => !projectId || server.projectId === projectId);
  }

  disk(projectId: string, id: string): Disk | undefined {
    const disk = this.#disks.get(id);
    return disk?.projectId === projectId ? disk : undefined;
  }

  disks(projectId?: string): Disk[] {
    return [...this.#disks.values()].filter((disk) => !projectId || disk.projectId === projectId);
  }

  /** `in-use`, `available`, or what a job is doing to the disk. */
  diskStatus(volumeId: string): string {
    for (const job of this.#pending) {
      if (job.volumeId === volumeId) return job.type === "detachVolume" ? "detaching" : "attaching";
    }
    return this.#attachments.has(volumeId) ? "in-use" : "available";
  }

  attachments(serverId?: string): Attachment[] {
    return [...this.#attachments.values()].filter((found) => !serverId || found.serverId === serverId);
  }

  attachmentOf(volumeId: string): Attachment | undefined {
    return this.#attachments.get(volumeId);
  }

  /** Whether a job holds the server, or still has an effect to bring about on this disk. */
  isBusy(serverId: string, volumeId: string): boolean {
    for (const job of this.#pending) {
      if (job.volumeId === volumeId) return true;
      if (job.serverId === serverId && !isFinal(this.jobStatus(job))) return true;
    }
    return false;
  }

  start({ type, server, volumeId, device, plan = { kind: "succeeds" } }: JobStart): Job {
    this.#jobCount += 1;
    const job: Job = {
      id: `ff80808288d41e1b${hex(this.#jobCount, 16)}`,
      type,
      projectId: server.projectId,
      serverId: server.id,
      volumeId,
      device,
      beginMs: this.#options.now(),
      plan,
    };
    this.#jobs.set(job.id, job);
    this.#pending.add(job);
    return job;
  }

  /** The job, unless it is unknown, another project's, made to vanish, or long finished. */
  job(projectId: string, id: string): Job | undefined {
    const job = this.#jobs.get(id);
    return job?.projectId === projectId && this.#isKept(job) ? job : undefined;
  }

  jobs(): Job[] {
    return [...this.#jobs.values()].filter((job) => this.#isKept(job));
  }

  jobStatus(job: Job): JobStatus {
    const elapsed = this.#options.now() - job.beginMs;
    if (job.plan.kind !== "never-ends" && elapsed >= this.#options.jobDurationMs) {
      return job.plan.kind === "fails" ? "FAIL" : "SUCCESS";
    }
    return elapsed < this.#options.jobDurationMs * INIT_SHARE ? "INIT" : "RUNNING";
  }

  /** When the job ends; infinite for one that never does. */
  endMs(job: Job): number {
    return job.plan.kind === "never-ends"
      ? Number.POSITIVE_INFINITY
      : job.beginMs + this.#options.jobDurationMs;
  }

  #effectMs(job: Job): number {
    return this.endMs(job) + (job.plan.kind === "lingers" ? job.plan.ms : 0);
  }

  #isKept(job: Job): boolean {
    const now = this.#options.now();
    if (job.plan.kind === "vanishes" && now - job.beginMs >= job.plan.afterMs) return false;
    return now - this.endMs(job) < this.#options.jobRetentionMs;
  }

  #apply(job: Job): void {
    if (job.type === "detachVolume") {
      this.#attachments.delete(job.volumeId);
      return;
    }
    const { serverId, volumeId, device } = job;
    const bootIndex = /^\/dev\/[sv]da$/.test(device) ? 0 : -1;
    this.#attach({ serverId, volumeId, device, pciAddress: "", bootIndex });
  }

  #attach(attachment: Omit<Attachment, "attachmentId">): void {
    this.#attachmentCount += 1;
    const attachmentId = `a77ac4ed-0000-4000-8000-${hex(this.#attachmentCount, 12)}`;
    this.#attachments.set(attachment.volumeId, { ...attachment, attachmentId });
  }
}

export function isFinal(status: JobStatus): boolean {
  return status === "SUCCESS" || status === "FAIL";
}

export function isSystemDisk(attachment: Attachment): boolean {
  return attachment.bootIndex === 0;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
