import { detachVolume } from "ecs-detach-volume/asm";

export const connect = (connection) => (disk) => detachVolume({ ...connection, ...disk });
