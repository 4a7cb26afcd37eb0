import type { Disk, Job, Server, Session } from "./model.ts";
import { text } from "./text.ts";

/** The base path below which the console server passes calls on to the cloud. */
export const ENDPOINT = "/api/ecs";

/** A call that failed, with a message for the user. */
export class ApiFailure extends Error {
  override name = "ApiFailure";
}

export async function fetchSession(): Promise<Session> {
  const body = asObject(await readJson("/api/session"));
  if (typeof body.projectId !== "string" || typeof body.csrfToken !== "string") {
    throw new ApiFailure(text.load.unreadable);
  }
  return { projectId: body.projectId, csrfToken: body.csrfToken };
}

export async function fetchServers(projectId: string): Promise<Server[]> {
  const { servers } = asObject(await readJson(`${ENDPOINT}/v1/${projectId}/cloudservers/detail`));
  return asList(servers).map((server) => ({
    id: asText(server.id),
    name: asText(server.name),
    status: asText(server.status),
  }));
}

/** The disks of a server; names and states come from the disk service. */
export async function fetchDisks(projectId: string, serverId: string): Promise<Disk[]> {
  const [attached, known] = await Promise.all([
    readJson(`${ENDPOINT}/v1/${projectId}/cloudservers/${serverId}/block_device`),
    readJson(`${ENDPOINT}/v2/${projectId}/cloudvolumes/detail`),
  ]);
  const volumes = new Map(asList(asObject(known).volumes).map((volume) => [asText(volume.id), volume]));
  return asList(asObject(attached).volumeAttachments).map((attachment) => {
    const volumeId = asText(attachment.volumeId);
    const volume = volumes.get(volumeId) ?? {};
    const device = asText(attachment.device);
    return {
      volumeId,
      name: asText(volume.name) || volumeId,
      // The service writes numbers as text in some regions.
      sizeGiB: Number(attachment.size) || null,
      device,
      bus: asText(attachment.bus),
      isSystemDisk: isSystemDisk(attachment.bootIndex, device),
      status: asText(volume.status),
    };
  });
}

export async function fetchJob(projectId: string, jobId: string): Promise<Job> {
  const job = asObject(await readJson(`${ENDPOINT}/v1/${projectId}/jobs/${jobId}`));
  // The reason of a failure stands in the sub-job where there is one.
  const [subJob = {}] = asList(asObject(job.entities).sub_jobs);
  return {
    status: asText(job.status),
    errorCode: asText(job.error_code) || asText(subJob.error_code) || null,
    failReason: asText(job.fail_reason) || asText(subJob.fail_reason) || null,
  };
}

export async function resetDemo(csrfToken: string): Promise<void> {
  await send("/api/demo/reset", { method: "POST", headers: { "X-CSRF-Token": csrfToken } });
}

function isSystemDisk(bootIndex: unknown, device: string): boolean {
  if (bootIndex === null || bootIndex === undefined) return /^\/dev\/[sv]da$/.test(device);
  return Number(bootIndex) === 0;
}

async function readJson(url: string): Promise<unknown> {
  const response = await send(url);
  try {
    return await response.json();
  } catch {
    throw new ApiFailure(text.load.unreadable);
  }
}

async function send(url: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch {
    throw new ApiFailure(text.load.offline);
  }
  if (!response.ok) throw new ApiFailure(text.load.failed(response.status, await errorMessage(response)));
  return response;
}

async function errorMessage(response: Response): Promise<string> {
  try {
    const body = asObject(await response.json());
    return asText(asObject(body.error).message) || asText(body.error_msg) || response.statusText;
  } catch {
    return response.statusText;
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
