import { listAttachments } from "ecs-detach-volume";
import { connection, ENDPOINT } from "./connection.ts";
import type { Disk, Server, Session } from "./model.ts";
import { text } from "./text.ts";

/** A call of the console's own that failed, with a message for the user. */
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
export async function fetchDisks(session: Session, serverId: string): Promise<Disk[]> {
  const [attachments, known] = await Promise.all([
    listAttachments({ ...connection(session), serverId }),
    readJson(`${ENDPOINT}/v2/${session.projectId}/cloudvolumes/detail`),
  ]);
  const volumes = new Map(asList(asObject(known).volumes).map((volume) => [asText(volume.id), volume]));
  return attachments.map(({ volumeId, sizeGiB, device, bus, isSystemDisk }) => {
    const volume = volumes.get(volumeId) ?? {};
    return {
      volumeId,
      name: asText(volume.name) || volumeId,
      sizeGiB,
      device: device ?? "",
      bus: bus ?? "",
      isSystemDisk,
      status: asText(volume.status),
    };
  });
}

export async function resetDemo(csrfToken: string): Promise<void> {
  await send("/api/demo/reset", { method: "POST", headers: { "X-CSRF-Token": csrfToken } });
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
