// The entry for places where WebAssembly is forbidden: the same core as plain JavaScript, larger and slower.
import { instantiate } from "module.asm";
import { createClient } from "./client.js";

export { isEcsError } from "./error.js";
export const {
  detachVolume,
  detachVolumeAndWait,
  detachVolumes,
  findProjects,
  getAttachment,
  getJob,
  listAttachments,
  waitForJob,
} = createClient(() => instantiate);
