import type { Attachment } from "./types.ts";

/** What is attached where, found by disk and by server. */
export class Attachments {
  readonly #byVolume = new Map<string, Attachment>();
  readonly #byServer = new Map<string, Map<string, Attachment>>();
  #count = 0;

  add(attachment: Omit<Attachment, "attachmentId">): void {
    this.#count += 1;
    const attachmentId = `a77ac4ed-0000-4000-8000-${this.#count.toString(16).padStart(12, "0")}`;
    const { serverId, volumeId } = attachment;
    const added = { ...attachment, attachmentId };
    this.#byVolume.set(volumeId, added);
    const neighbours = this.#byServer.get(serverId) ?? new Map<string, Attachment>();
    this.#byServer.set(serverId, neighbours.set(volumeId, added));
  }

  remove(volumeId: string): void {
    const serverId = this.of(volumeId)?.serverId ?? "";
    this.#byServer.get(serverId)?.delete(volumeId);
    this.#byVolume.delete(volumeId);
  }

  of(volumeId: string): Attachment | undefined {
    return this.#byVolume.get(volumeId);
  }

  list(serverId?: string): Attachment[] {
    const found = serverId === undefined ? this.#byVolume : this.#byServer.get(serverId);
    return [...(found?.values() ?? [])];
  }
}
