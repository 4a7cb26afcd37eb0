// For places where WebAssembly is forbidden: the same core as plain JavaScript, larger and slower.
import { start } from "./asm-module.js";
import { createClient } from "./client.js";
import { textOf } from "./start-message.js";

export const client = createClient(
  start,
  undefined,
  (error) => `the plain JavaScript of the package could not be started: ${textOf(error)}`,
);
