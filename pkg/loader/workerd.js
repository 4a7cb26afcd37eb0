// The entry for workerd, which compiles modules at deployment and refuses bytes at run time.
import module from "./ecs_detach_volume.wasm";
import { createClient } from "./client.js";

export { isEcsError } from "./error.js";
export const { detachVolume } = createClient(() => module);
