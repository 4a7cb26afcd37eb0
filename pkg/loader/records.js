// What calls end with: the replies of the service under the names of the public types.

/** @typedef {typeof import("../../src/web/types.js")} Types */
/** @typedef {any} Document A part of a reply, as JSON. */

/**
 * What each function makes of what the core says, and of the replies that it has kept.
 *
 * @type {Record<string, (value: any, kept: Document[]) => unknown>}
 */
export const results = {
  detachVolume: (jobId) => ({ jobId }),
  detachVolumeAndWait: ([jobId, isSeen, attempts, elapsedMs], kept) => ({
    jobId,
    job: kept.length ? job(kept[kept.length - 1]) : null,
    confirmedBy: isSeen ? "attachment" : "job",
    attempts,
    elapsedMs,
  }),
  getJob: (_, [document]) => job(document),
  waitForJob: (_, [document]) => job(document),
  listAttachments: (flags, [{ volumeAttachments }]) =>
    volumeAttachments.map((/** @type {Document} */ disk, /** @type {number} */ index) =>
      attachment(disk, flags[index]),
    ),
  getAttachment: (flag, [document]) => (document ? attachment(document.volumeAttachment, flag) : null),
  findProjects: (_, kept) => kept.flatMap(({ projects }) => projects.map(project)),
};

/**
 * How far a call is.
 *
 * @param {any} news
 * @returns {import("../../src/web/types.js").Progress}
 */
export function progress([phase, jobId, status, polls, attempts, elapsedMs]) {
  return { phase, jobId, status, polls, attempts, elapsedMs };
}

/**
 * @param {Document} document
 * @returns {import("../../src/web/types.js").Job}
 */
export function job(document) {
  const { sub_jobs: _, ...entities } = typeof document.entities === "object" ? Object(document.entities) : {};
  return {
    jobId: text(document.job_id),
    jobType: text(document.job_type),
    status: text(document.status) ?? "",
    beginTime: text(document.begin_time),
    endTime: text(document.end_time),
    errorCode: text(document.error_code),
    failReason: text(document.fail_reason),
    subJobs: subJobs(document).map(job),
    entities,
  };
}

/**
 * Why a task failed: the code and the text of the task itself, or of the first sub-job that has one.
 *
 * @param {Document} document
 * @returns {{ errorCode: string | null, failReason: string | null }}
 */
export function failure(document) {
  const errorCode = text(document.error_code);
  const failReason = text(document.fail_reason) ?? text(document.entities?.errorcode_message);
  if (errorCode === null) {
    const finer = subJobs(document)
      .map(failure)
      .find((found) => found.errorCode ?? found.failReason);
    if (finer) return { ...finer, failReason: finer.failReason ?? failReason };
  }
  return { errorCode, failReason };
}

// The page of 2018 drew them at the top.
/** @param {Document} document @returns {Document[]} */
function subJobs(document) {
  return [document.entities?.sub_jobs, document.sub_jobs].filter(Array.isArray).flat().map(Object);
}

/**
 * @param {Document} disk
 * @param {boolean} isSystemDisk
 * @returns {import("../../src/web/types.js").Attachment}
 */
function attachment(disk, isSystemDisk) {
  return {
    serverId: text(disk.serverId),
    volumeId: text(disk.volumeId) ?? text(disk.id) ?? "",
    device: text(disk.device),
    sizeGiB: number(disk.size),
    bootIndex: number(disk.bootIndex),
    isSystemDisk,
    bus: text(disk.bus),
    pciAddress: text(disk.pciAddress),
  };
}

/**
 * @param {Document} document
 * @returns {import("../../src/web/types.js").Project}
 */
function project({ id, name, domain_id, enabled }) {
  return { id: text(id) ?? "", name: text(name), domainId: text(domain_id), enabled: enabled !== false };
}

/** A text that is not blank; numbers come as both. @param {unknown} value */
function text(value) {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() ? value : null;
}

/** A whole number. @param {unknown} value */
function number(value) {
  const digits = text(value);
  return digits && /^-?\d{1,9}$/.test(digits) ? Number(digits) : null;
}
