// The same for `ecs-detach-volume/testing`, and for fields by kind. Compiled, never run.
import type { EcsError } from "ecs-detach-volume";
import { cloud, DATA_DISK_ID } from "ecs-detach-volume/testing";

export const myCloud = cloud({ faults: ["throttle:5", { fault: "hang", on: "task" }], taskMs: 5 });
export const isAttached: boolean = myCloud.isAttached(DATA_DISK_ID);

export function option(error: EcsError): string | null {
  return error.kind === "options" ? error.option : null;
}
