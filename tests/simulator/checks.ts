import { type Cloud, isSystemDisk } from "./cloud.ts";
import { genericError } from "./replies.ts";
import type { Attachment, Disk, Server } from "./types.ts";

export interface DetachCall {
  projectId: string;
  serverId: string;
  volumeId: string;
  query: URLSearchParams;
  body: string;
}

/** The error code with which the service refuses a detach, or what the detach is about. */
export function refuseDetach(
  cloud: Cloud,
  call: DetachCall,
): string | { server: Server; attachment: Attachment } {
  const deleteFlag = readDeleteFlag(call.query);
  if (call.body !== "" || deleteFlag === undefined) return "Ecs.0005";

  const server = cloud.server(call.projectId, call.serverId);
  if (!server) return "Ecs.0114";
  const attachment = cloud.attachmentOf(call.volumeId);
  if (attachment?.serverId !== server.id) return "Ecs.0111";
  if (!isSettled(server)) return "Ecs.0100";

  if (isSystemDisk(attachment)) {
    if (server.status === "ACTIVE") return "Ecs.0102";
    if (deleteFlag === "1") return "Ecs.0005";
  }
  if (cloud.disk(server.projectId, call.volumeId)?.frozen) return "Ecs.0103";
  if (server.locked) return "Ecs.0605";
  if (cloud.isBusy(server.id, call.volumeId)) return "Ecs.0603";
  return { server, attachment };
}

/** The reason why an attach is refused, or what is to be attached where. */
export function refuseAttach(
  cloud: Cloud,
  server: Server,
  body: string,
): string | Response | { volumeId: string; device: string } {
  if (body === "") return "Common.0002";
  const wanted = readAttachBody(body);
  if (!wanted) return "Ecs.0005";

  if (cloud.attachmentOf(wanted.volumeId)?.serverId === server.id) {
    const why = "the volume has already been attached to this instance and you cannot repeatedly attach.";
    return genericError("Ecs.0057", why);
  }
  const disk = cloud.disk(server.projectId, wanted.volumeId);
  if (!disk || disk.frozen || cloud.attachmentOf(disk.id)) return "Ecs.0103";
  if (!isSettled(server)) return "Ecs.0100";
  if (server.locked) return "Ecs.0605";
  if (cloud.isBusy(server.id, disk.id)) return "Ecs.0603";

  const device = wanted.device ?? freeDevice(cloud, server, disk);
  if (!device) return "Ecs.0104";
  const isTaken = cloud.attachments(server.id).some((found) => found.device === device);
  return isTaken ? "Ecs.0005" : { volumeId: disk.id, device };
}

/** Other parameters are refused, so that a caller's misspelling does not pass for the default. */
function readDeleteFlag(query: URLSearchParams): "0" | "1" | undefined {
  const pairs = [...query];
  if (pairs.length === 0) return "0";
  const [name, value] = pairs[0] ?? [];
  if (pairs.length > 1 || name !== "delete_flag") return undefined;
  return value === "0" || value === "1" ? value : undefined;
}

function readAttachBody(body: string): { volumeId: string; device: string | undefined } | undefined {
  const { volumeId, device } = asObject(asObject(parseJson(body)).volumeAttachment);
  if (typeof volumeId !== "string") return undefined;
  if (device === undefined) return { volumeId, device };
  return typeof device === "string" && /^\/dev\/[sv]d[a-z]$/.test(device) ? { volumeId, device } : undefined;
}

function freeDevice(cloud: Cloud, server: Server, disk: Disk): string | undefined {
  const taken = new Set(cloud.attachments(server.id).map((found) => found.device));
  const stem = disk.bus === "scsi" ? "/dev/sd" : "/dev/vd";
  // The first letter is the system disk's.
  const letters = disk.bootable ? "a" : "bcdefghijklmnopqrstuvwxyz";
  return [...letters].map((letter) => stem + letter).find((device) => !taken.has(device));
}

function isSettled(server: Server): boolean {
  return server.status === "ACTIVE" || server.status === "SHUTOFF";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
