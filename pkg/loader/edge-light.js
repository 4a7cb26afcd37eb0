// For Vercel's edge runtime, which compiles modules at deployment and refuses bytes at run time.

import { createGlue } from "glue";
import { createClient } from "./client.js";
import module from "./ecs_detach_volume.wasm?module";
import { webAssembly } from "./start.js";

export const client = createClient(webAssembly(createGlue, () => module));
