// The entry for Vercel's edge runtime, which compiles modules at deployment and refuses bytes at run time.

import { createClient } from "./client.js";
import module from "./ecs_detach_volume.wasm?module";

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
} = createClient(() => module);
