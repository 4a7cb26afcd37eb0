// The demo console as static files.
import { buildDemo } from "../lib/demo.mjs";

export const about = "the demo console as static files, with the simulated cloud in the page";
export const writes = "target/demo";

export function run() {
  buildDemo();
}
