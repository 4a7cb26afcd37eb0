// The core as plain JavaScript, in a file of its own for `auto`.
export { createGlue } from "glue";
export { instantiate as module } from "module.asm";
