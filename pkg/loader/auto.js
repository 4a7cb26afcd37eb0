// With WebAssembly where that is allowed, else without: the plain JavaScript is a file of its own, which only those load
// who need it.
import { createClient } from "./client.js";
import { load } from "./inline.js";

export const client = createClient(() => load().catch(() => import("asm-module")));
