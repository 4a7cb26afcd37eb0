/** Times, durations and numbers, as the user's language and region write them. */
import { locale, text } from "./language.ts";
import type { Disk } from "./model.ts";

/** The time, and the day where that is another. */
export function timeOf(date: Date): string {
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday
    ? date.toLocaleTimeString(locale)
    : date.toLocaleString(locale, { dateStyle: "medium", timeStyle: "medium" });
}

export function numberText(value: number, digits = 0): string {
  return value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export function sizeText({ sizeGiB }: Disk): string {
  return sizeGiB === null ? text.disks.unknownSize : text.disks.size(numberText(sizeGiB));
}

/** How long one exchange took. */
export function durationText(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${numberText(ms / 1000, 1)} s`;
}

/** When something happened, counted from a beginning. */
export function offsetText(ms: number): string {
  return `+${numberText(Math.max(0, ms) / 1000, 1)} s`;
}

/** How long a detach takes. */
export function elapsedText(ms: number): string {
  return text.activity.elapsed(Math.max(0, Math.floor(ms / 1000)));
}

/** As the vendor's console calls them. */
export function modeText({ bus }: Disk): string {
  return MODES[bus] ?? bus;
}

const MODES: Readonly<Record<string, string>> = { virtio: "VBD", scsi: "SCSI" };
