import { detachVolume } from "../by-hand-signed.js";

export const connect = (connection) => (disk) => detachVolume({ ...connection, ...disk });
