import type { Attachment } from "ecs-detach-volume";

/** What a person is asked before a disk is detached. */
export interface Question {
  title: string;
  /** What has to be done first, and what will happen. */
  warnings: string[];
  /** What has to be typed, if a click by habit would do harm; otherwise `null`. */
  mustType: string | null;
}

/** Whether to offer `force`. It works with VBD data disks of KVM servers; elsewhere the service ignores it. */
export function canForce({ isSystemDisk, bus }: Attachment): boolean {
  return !isSystemDisk && bus !== "scsi";
}

/** `null`: it is not for this dialog. The package refuses a system disk as well, unless `systemDisk` is `"allow"`. */
export function questionFor(disk: Attachment, force: boolean): Question | null {
  if (disk.isSystemDisk) return null;
  const name = disk.device ?? disk.volumeId;
  const size = disk.sizeGiB === null ? "" : ` (${disk.sizeGiB} GiB)`;
  const title = `Detach ${name}${size}?`;
  const warnings = [`Unmount ${name} in the server first.`, "Nothing on the disk is deleted."];
  if (!force || !canForce(disk)) return { title, warnings, mustType: null };
  warnings.push(
    "By force: what the server has not written yet is lost.",
    "The device name and the PCI slot stay occupied, and the disk keeps counting towards the server's quota. A restart of the server is advised.",
  );
  return { title, warnings, mustType: name };
}
