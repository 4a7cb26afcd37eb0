import { detachVolume } from "../by-hand.js";

export const connect = (connection) => (disk) => detachVolume({ ...connection, ...disk });
