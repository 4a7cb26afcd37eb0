import { detachVolume, preload } from "ecs-detach-volume";

export const connect = (connection) => (disk) => detachVolume({ ...connection, ...disk });

/** What a page does before the user clicks. */
export const ready = preload;
