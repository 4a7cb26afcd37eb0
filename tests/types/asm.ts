// The subpath without WebAssembly has the types of the other. Compiled, never run.
import type * as main from "ecs-detach-volume";
import * as asm from "ecs-detach-volume/asm";

export const same: typeof main = asm;

export async function accepted(options: main.DetachVolumeOptions): Promise<asm.DetachTask> {
  return asm.detachVolume(options);
}
