// The core as plain JavaScript, in a file of its own for `auto`.
import { createGlue } from "glue";
import { instantiate } from "module.asm";
import { plainJavaScript } from "./start.js";

export const start = plainJavaScript(createGlue, instantiate);
