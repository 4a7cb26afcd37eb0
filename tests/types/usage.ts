// The package's types as a strict console uses them. Compiled, never run.
import {
  type Attachment,
  type AuthFunction,
  type BatchProgress,
  type DetachOutcome,
  type DetachSettled,
  type DetachTask,
  type DetachVolumeOptions,
  detachVolume,
  detachVolumeAndWait,
  detachVolumes,
  type EcsError,
  type EcsErrorKind,
  findProjects,
  getAttachment,
  getJob,
  isEcsError,
  type Job,
  listAttachments,
  type Progress,
  type Project,
  waitForJob,
} from "ecs-detach-volume";
import { describeError, describeProgress, type ErrorDescription } from "ecs-detach-volume/messages";
import {
  describeError as inEnglish,
  describeProgress as progressInEnglish,
} from "ecs-detach-volume/messages/en";
import { describeError as inChinese } from "ecs-detach-volume/messages/zh-cn";

const required = { endpoint: "/api/ecs", projectId: "p", serverId: "s", volumeId: "v" };

export async function accepted(): Promise<string> {
  const task: DetachTask = await detachVolume(required);
  return task.jobId;
}

export const everything: DetachVolumeOptions = {
  ...required,
  endpoint: new URL("https://ecs.cn-north-4.myhuaweicloud.com"),
  auth: ({ rejected }) =>
    rejected ? { token: "t" } : { accessKey: "a", secretKey: "s", securityToken: undefined },
  headers: { "X-CSRF-Token": "c" },
  credentials: "include",
  fetch: globalThis.fetch,
  language: "zh-cn",
  signal: AbortSignal.timeout(1),
  attemptTimeoutMs: 1,
  timeoutMs: 2,
  retry: { maxAttempts: 2, baseDelayMs: 1, maxDelayMs: undefined },
  force: true,
};

const connection = { endpoint: "/api/ecs", projectId: "p" };

export async function toTheEnd(): Promise<string> {
  const outcome: DetachOutcome = await detachVolumeAndWait({
    ...required,
    ifNotAttached: "ok",
    systemDisk: "allow",
    initialDelayMs: 1,
    pollIntervalMs: 2,
    maxPollIntervalMs: 3,
    onProgress: (progress: Progress) => `${progress.phase} ${progress.status ?? ""} ${progress.elapsedMs}`,
  });
  const job: Job = outcome.job ?? (await getJob({ ...connection, jobId: outcome.jobId ?? "" }));
  const same: Job = await waitForJob({ ...connection, jobId: "j", onProgress: undefined, timeoutMs: 5 });
  return `${job.status} ${same.subJobs.length} ${String(same.entities.server_id)} ${outcome.confirmedBy}`;
}

export async function disks(): Promise<Attachment | null> {
  const listed: Attachment[] = await listAttachments({ ...connection, serverId: "s" });
  const data = listed.filter((disk) => !disk.isSystemDisk && (disk.sizeGiB ?? 0) > 1);
  return getAttachment({ ...connection, serverId: "s", volumeId: data[0]?.volumeId ?? "" });
}

export async function many(): Promise<(string | null)[]> {
  const settled: DetachSettled[] = await detachVolumes({
    ...connection,
    targets: [{ serverId: "s", volumeId: "v", force: true }],
    concurrency: 3,
    onProgress: ({ detached, failed, total, progress }: BatchProgress) =>
      `${detached} ${failed} of ${total}: ${progress?.phase ?? "ended"}`,
  });
  return settled.map((one) => (one.status === "fulfilled" ? one.value.jobId : one.reason.jobId));
}

export async function projectOf(name: string): Promise<string | undefined> {
  const found: Project[] = await findProjects({
    iamEndpoint: "/iam",
    auth: { accessKey: "a", secretKey: "s" },
    name,
  });
  const keys: AuthFunction = async () => ({ accessKey: "a", secretKey: "s" });
  await findProjects({ iamEndpoint: "/iam", auth: keys });
  return found.length === 1 ? found[0]?.id : undefined;
}

// @ts-expect-error: projects are not asked for at a project
findProjects({ iamEndpoint: "/iam", projectId: "p" });
// @ts-expect-error: half a key
detachVolume({ ...required, auth: { accessKey: "a" } });
// @ts-expect-error: the task is missing
getJob(connection);
// @ts-expect-error: refuse or allow
detachVolumeAndWait({ ...required, systemDisk: true });
// @ts-expect-error: what only submits reports no progress
detachVolume({ ...required, onProgress: () => {} });

// What a caller computes may be undefined, also under exactOptionalPropertyTypes.
export const undefinedIsAbsent: DetachVolumeOptions = { ...required, auth: undefined, signal: undefined };

// @ts-expect-error: volumeId is missing
detachVolume({ endpoint: "/api/ecs", projectId: "p", serverId: "s" });
// @ts-expect-error: the wire name is not an option
detachVolume({ ...required, delete_flag: 1 });
// @ts-expect-error: a flag, not a number
detachVolume({ ...required, force: 1 });
// @ts-expect-error: two languages
detachVolume({ ...required, language: "de-de" });
// @ts-expect-error: retry is switched off, not on
detachVolume({ ...required, retry: true });
// @ts-expect-error: null is not absent
detachVolume({ ...required, signal: null });
// @ts-expect-error: a task has no wire names
accepted().then((jobId) => jobId.job_id);

/** Every kind is handled: the compiler refuses this function when one is added. */
export function advice(kind: EcsErrorKind): string {
  switch (kind) {
    case "options":
    case "wasm":
    case "decode":
      return "a fault of the program";
    case "network":
    case "timeout":
    case "aborted":
      return "no answer";
    case "throttled":
    case "conflict":
      return "later";
    case "auth":
      return "log in";
    case "forbidden":
    case "not-found":
    case "api":
      return "ask";
    case "not-attached":
      return "done";
    case "job-failed":
    case "system-disk":
      return "the disk stays";
    default:
      return kind satisfies never;
  }
}

export function fields(error: EcsError): readonly unknown[] {
  if (error.kind === "options") return [error.option];
  const fate: boolean = error.mayHaveStarted;
  if (error.kind === "network" || error.kind === "timeout" || error.kind === "aborted") return [fate];
  // @ts-expect-error: only answers of the service carry a status
  if (error.kind === "wasm" || error.kind === "system-disk") return [error.status];
  if (error.kind === "job-failed") return [error.errorCode, error.failReason, error.job.status, error.jobId];
  // @ts-expect-error: without credentials there is no reply
  const always: number = error.status;
  if (error.kind === "auth") return [error.status?.toFixed(), always];
  // The service no longer tells of a task: no single reply is meant.
  if (error.kind === "not-found" || error.kind === "decode") return [error.status?.toFixed(), error.jobId];
  const status: number = error.status;
  const code: string | null = error.errorCode;
  // @ts-expect-error: errors are read-only
  error.errorCode = "";
  return [status, code, error.errorMessage, error.requestId, error.details.map((detail) => detail.code)];
}

export function guard(error: unknown): string {
  if (!isEcsError(error)) return "not ours";
  return `${error.name} ${error.kind} ${error.message} ${String(error.cause)}`;
}

export function inPlainWords(error: unknown, locale?: string): string[] {
  const descriptions: ErrorDescription[] = [describeError(error, locale ?? "en"), describeError(error)];
  const { title, explanation, remedy } = inEnglish(error);
  const same: ErrorDescription = inChinese(error);
  return [...descriptions.map((description) => description.title), title, explanation, remedy, same.title];
}

export function howFar(progress: Progress, batch: BatchProgress): string[] {
  const ofOne = batch.progress ? describeProgress(batch.progress, "zh-CN") : "";
  return [describeProgress(progress), progressInEnglish({ phase: progress.phase }), ofOne];
}

// @ts-expect-error: a disk that has ended has no progress
describeProgress(null);
// @ts-expect-error: a language by itself is not chosen
inEnglish(new Error(), "zh-CN");
// @ts-expect-error: one language, not a list
describeError(new Error(), ["en"]);
