import { listAttachments } from "ecs-detach-volume";
import { connection, ENDPOINT } from "./connection.ts";
import type { Disk, Server, Session } from "./model.ts";
import { transport } from "./transport.ts";

/** A call of the console's own that failed: without an answer, or with one that is an error or not to be read. */
export class ApiFailure extends Error {
  override name = "ApiFailure";
  readonly reason: "offline" | "unreadable" | { status: number; message: string };

  constructor(reason: ApiFailure["reason"]) {
    super(typeof reason === "string" ? reason : `${reason.status} ${reason.message}`);
    this.reason = reason;
  }
}

export async function fetchSession(): Promise<Session> {
  const body = asObject(await readJson("/api/session"));
  if (typeof body.projectId !== "string" || typeof body.csrfToken !== "string") {
    throw new ApiFailure("unreadable");
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
    throw new ApiFailure("unreadable");
  }
}

async function send(url: string, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await transport(url, init);
  } catch {
    throw new ApiFailure("offline");
  }
  if (!response.ok) {
    throw new ApiFailure({ status: response.status, message: await errorMessage(response) });
  }
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
