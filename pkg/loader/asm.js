// For places where WebAssembly is forbidden: the same core as plain JavaScript, larger and slower.
import { start } from "./asm-module.js";
import { createClient } from "./client.js";

export const client = createClient(start);
