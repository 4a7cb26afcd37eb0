// The entry for browsers, bundlers and Node: the module travels inside the script.
import { createClient } from "./client.js";
import { compile } from "./inline.js";

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
} = createClient(compile);
