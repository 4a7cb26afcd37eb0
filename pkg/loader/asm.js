// For places where WebAssembly is forbidden: the same core as plain JavaScript, larger and slower.
import { instantiate } from "module.asm";
import { createClient } from "./client.js";

export const client = createClient(() => instantiate);
