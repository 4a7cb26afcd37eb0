// For `node --import`: the tests of the loader get the entry without WebAssembly.
import { statSync } from "node:fs";
import { register } from "node:module";

register(
  `data:text/javascript,${encodeURIComponent(`
    export const resolve = (name, context, next) =>
      next(name === "ecs-detach-volume" ? "ecs-detach-volume/asm" : name, context);
  `)}`,
);

// The other entry would fail: its module is no longer taken. Node itself needs WebAssembly.
const { compile, Module } = WebAssembly;
const { size } = statSync(new URL("../../pkg/ecs_detach_volume.wasm", import.meta.url));
const refuse = (bytes) => {
  if (bytes.byteLength === size) throw new Error("WebAssembly was used");
};
WebAssembly.compile = (bytes) => {
  refuse(bytes);
  return compile(bytes);
};
WebAssembly.Module = class extends Module {
  constructor(bytes) {
    refuse(bytes);
    super(bytes);
  }
};
