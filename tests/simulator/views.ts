import { type Cloud, isFinal } from "./cloud.ts";
import { ecsText } from "./messages.ts";
import type { Attachment, Disk, Job, Language, Server } from "./types.ts";

/** Disks that one server can hold, the system disk included. */
const DISK_SLOTS = 24;

export function serverView(cloud: Cloud, server: Server): Record<string, unknown> {
  const attachments = cloud.attachments(server.id);
  return {
    id: server.id,
    name: server.name,
    status: server.status,
    locked: server.locked,
    "OS-EXT-STS:vm_state": VM_STATES[server.status] ?? server.status.toLowerCase(),
    "OS-EXT-STS:task_state": null,
    "OS-EXT-SRV-ATTR:root_device_name": attachments.find((found) => found.bootIndex === 0)?.device ?? "",
    "os-extended-volumes:volumes_attached": attachments.map((found) => ({
      id: found.volumeId,
      device: found.device,
      bootIndex: found.bootIndex === 0 ? "0" : "-1",
      delete_on_termination: "false",
    })),
  };
}

const VM_STATES: Readonly<Record<string, string>> = {
  ACTIVE: "active",
  SHUTOFF: "stopped",
  BUILD: "building",
};

export function attachmentView(cloud: Cloud, server: Server, found: Attachment): Record<string, unknown> {
  const disk = cloud.disk(server.projectId, found.volumeId);
  return {
    serverId: found.serverId,
    volumeId: found.volumeId,
    id: found.volumeId,
    size: disk?.sizeGiB,
    device: found.device,
    pciAddress: found.pciAddress,
    bootIndex: found.bootIndex,
    bus: disk?.bus,
  };
}

export function attachmentListView(cloud: Cloud, server: Server): Record<string, unknown> {
  const attachments = cloud.attachments(server.id);
  const free = DISK_SLOTS - attachments.length;
  return {
    attachableQuantity: { free_scsi: free, free_blk: free, free_disk: free },
    volumeAttachments: attachments.map((found) => attachmentView(cloud, server, found)),
  };
}

/** A disk as the disk service shows it. */
export function diskView(cloud: Cloud, disk: Disk): Record<string, unknown> {
  const found = cloud.attachmentOf(disk.id);
  return {
    id: disk.id,
    name: disk.name,
    size: disk.sizeGiB,
    status: cloud.diskStatus(disk.id),
    bootable: String(disk.bootable),
    multiattach: false,
    metadata: disk.bus === "scsi" ? { "hw:passthrough": "true" } : {},
    attachments: found ? [diskAttachmentView(found)] : [],
  };
}

/** A job as ShowJob answers it; a failed one tells why in its sub-job, at the top, or half here and half there. */
export function jobView(cloud: Cloud, job: Job, language: Language): Record<string, unknown> {
  const status = cloud.jobStatus(job);
  const common = {
    status: isFinal(status) && job.plan.kind === "says" ? job.plan.word : status,
    job_type: job.type,
    begin_time: new Date(job.beginMs).toISOString(),
    end_time: isFinal(status) ? new Date(cloud.endMs(job)).toISOString() : "",
  };
  const target = { server_id: job.serverId, volume_id: job.volumeId };
  const noFailure = { error_code: null, fail_reason: null };
  if (job.plan.kind !== "fails" || status !== "FAIL") {
    return { ...common, job_id: job.id, entities: target, ...noFailure };
  }

  const { message } = ecsText(job.plan.code, language);
  const failure = { error_code: job.plan.code, fail_reason: message };
  if (job.plan.where === "top") return { ...common, job_id: job.id, entities: target, ...failure };

  // The code at the top and the reason below it, or both below.
  const isSplit = job.plan.where === "split";
  const entities = { ...target, ...(isSplit ? {} : { errorcode_message: message }) };
  const below = isSplit ? { error_code: null, fail_reason: message } : failure;
  const above = isSplit ? { error_code: job.plan.code, fail_reason: null } : noFailure;
  const subJob = { ...common, job_id: subJobId(job.id), entities, ...below };
  return { ...common, job_id: job.id, entities: { sub_jobs_total: 1, sub_jobs: [subJob] }, ...above };
}

function diskAttachmentView(found: Attachment): Record<string, unknown> {
  return {
    id: found.volumeId,
    attachment_id: found.attachmentId,
    server_id: found.serverId,
    volume_id: found.volumeId,
    device: found.device,
    host_name: null,
  };
}

function subJobId(jobId: string): string {
  return jobId.replace("ff80808288d41e1b", "ff80808288d41e1c");
}
