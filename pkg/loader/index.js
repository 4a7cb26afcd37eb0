// What the package exports. The build makes an entry of it for each kind of client: inline.js, asm.js, workerd.js and
// edge-light.js.
import { client } from "client";

export { isEcsError } from "./error.js";
export const {
  checkOptions,
  detachVolume,
  detachVolumeAndWait,
  detachVolumes,
  findProjects,
  getAttachment,
  getJob,
  listAttachments,
  preload,
  waitForJob,
} = client;
