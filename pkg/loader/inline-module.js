// The core as WebAssembly, from text inside the script.
import { createGlue } from "glue";
import * as packed from "module.packed";
import { compile, webAssembly } from "./start.js";
import { unpack } from "./unpack.js";

export const start = webAssembly(createGlue, () => compile(unpack(packed)));
