import { detachVolume } from "ecs-detach-volume";

export const connect = (connection) => (disk) => detachVolume({ ...connection, ...disk });
