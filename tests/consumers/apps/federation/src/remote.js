import { detachVolume, isEcsError } from "ecs-detach-volume";

export const detach = (options) => detachVolume(options);
export { isEcsError };
