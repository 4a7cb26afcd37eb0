import { Attachments } from "./attachments.ts";
import { PendingJobs } from "./pending.ts";
import type { AccessKey, Attachment, Disk, Job, JobPlan, JobStatus, Project, Seed, Server } from "./types.ts";

/** How long the first status, `INIT`, lasts: this part of a job's duration. */
const INIT_SHARE = 0.2;

export interface CloudOptions {
  seed: Seed;
  now: () => number;
  jobDurationMs: number;
  jobRetentionMs: number;
}

/** Whose keys they are. */
export interface KeyOwner {
  project: Project;
  key: AccessKey;
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
  readonly #tokens: Map<string, Project>;
  readonly #accessKeys: Map<string, KeyOwner>;
  readonly #attachments = new Attachments();
  readonly #jobs = new Map<string, Job>();
  readonly #pending = new PendingJobs((job) => this.#effectMs(job));
  #jobCount = 0;

  constructor(options: CloudOptions) {
    this.#options = options;
    const { projects } = options.seed;
    this.#projects = new Map(projects.map((project) => [project.id, project]));
    this.#tokens = new Map(
      projects.flatMap((project) => project.tokens.map((token) => [token, project] as const)),
    );
    this.#accessKeys = new Map(
      projects.flatMap((project) =>
        project.accessKeys.map((key) => [key.accessKey, { project, key }] as const),
      ),
    );
    this.#servers = new Map(options.seed.servers.map((server) => [server.id, server]));
    this.#disks = new Map(options.seed.disks.map((disk) => [disk.id, disk]));
    for (const attachment of options.seed.attachments) this.#attachments.add(attachment);
  }

  /** Brings the state up to the present. */
  settle(): void {
    for (const job of this.#pending.takeDue(this.#options.now())) {
      if (!isFailure(job.plan)) this.#apply(job);
    }
  }

  project(id: string): Project | undefined {
    return this.#projects.get(id);
  }

  /** Those of an account, or all. */
  projects(domainId?: string): Project[] {
    return [...this.#projects.values()].filter((project) => !domainId || project.domainId === domainId);
  }

  projectOfToken(token: string): Project | undefined {
    return this.#tokens.get(token);
  }

  ownerOfKey(accessKey: string): KeyOwner | undefined {
    return this.#accessKeys.get(accessKey);
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
    const job = this.#pending.ofVolume(volumeId);
    if (job) return job.type === "detachVolume" ? "detaching" : "attaching";
    return this.#attachments.of(volumeId) ? "in-use" : "available";
  }

  attachments(serverId?: string): Attachment[] {
    return this.#attachments.list(serverId);
  }

  attachmentOf(volumeId: string): Attachment | undefined {
    return this.#attachments.of(volumeId);
  }

  /** Whether a job holds the server, or still has an effect to bring about on this disk. */
  isBusy(serverId: string, volumeId: string): boolean {
    if (this.#pending.ofVolume(volumeId)) return true;
    return [...this.#pending.ofServer(serverId)].some((job) => !isFinal(this.jobStatus(job)));
  }

  start({ type, server, volumeId, device, plan = { kind: "succeeds" } }: JobStart): Job {
    this.#jobCount += 1;
    const job: Job = {
      id: `ff80808288d41e1b${this.#jobCount.toString(16).padStart(16, "0")}`,
      type,
      projectId: server.projectId,
      serverId: server.id,
      volumeId,
      device,
      beginMs: this.#options.now(),
      plan,
      looks: 0,
    };
    this.#jobs.set(job.id, job);
    this.#pending.add(job);
    return job;
  }

  /** Makes a job that runs go otherwise. The plan that it has already is not begun anew. */
  replan(job: Job, plan: JobPlan): void {
    if (job.plan === plan) return;
    job.plan = plan;
    job.looks = 0;
    this.#pending.reschedule();
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
      return isFailure(job.plan) ? "FAIL" : "SUCCESS";
    }
    return elapsed < this.#options.jobDurationMs * INIT_SHARE ? "INIT" : "RUNNING";
  }

  /** When the job ends; infinite for one that never does. */
  endMs(job: Job): number {
    return job.plan.kind === "never-ends"
      ? Number.POSITIVE_INFINITY
      : job.beginMs + this.#options.jobDurationMs;
  }

  /** The job that still has an effect to bring about on this disk. */
  pendingJob(volumeId: string): Job | undefined {
    return this.#pending.ofVolume(volumeId);
  }

  #effectMs(job: Job): number {
    if (job.plan.kind === "unreadable") return Number.POSITIVE_INFINITY;
    return this.endMs(job) + (job.plan.kind === "lingers" ? job.plan.ms : 0);
  }

  #isKept(job: Job): boolean {
    const now = this.#options.now();
    if (job.plan.kind === "vanishes" && now - job.beginMs >= job.plan.afterMs) return false;
    return now - this.endMs(job) < this.#options.jobRetentionMs;
  }

  #apply(job: Job): void {
    if (job.type === "detachVolume") {
      this.#attachments.remove(job.volumeId);
      return;
    }
    const { serverId, volumeId, device } = job;
    const bootIndex = /^\/dev\/[sv]da$/.test(device) ? 0 : -1;
    this.#attachments.add({ serverId, volumeId, device, pciAddress: "", bootIndex });
  }
}

function isFailure(plan: JobPlan): boolean {
  return plan.kind === "fails" || (plan.kind === "says" && !plan.isDetached);
}

export function isFinal(status: JobStatus): boolean {
  return status === "SUCCESS" || status === "FAIL";
}

export function isSystemDisk(attachment: Attachment): boolean {
  return attachment.bootIndex === 0;
}
