// The core as WebAssembly, from text inside the script.
import { createGlue } from "glue";
import { text } from "module.text";
import { decode } from "./decode.js";
import { compile, webAssembly } from "./start.js";

export const start = webAssembly(createGlue, () => compile(decode(text)));
