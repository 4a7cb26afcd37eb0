// The JavaScript beside a module: by wasm-bindgen's library, in the version that Cargo.lock pins for the module, too.
import { join } from "node:path";
import { isExecutable, root, run } from "./run.mjs";
import { findCargo } from "./toolchain.mjs";

const CARGO = "--quiet --locked --profile tool --package bindgen --target-dir target/bindgen".split(" ");

/** Whether the program is there; `bindgen` makes it again where it is too old. */
export function isBindgenBuilt() {
  return isExecutable(join(root, "target/bindgen/tool/bindgen"));
}

/** Compiles the program of scripts/bindgen. */
export function buildBindgen() {
  const { cargo, env } = findCargo();
  run(cargo, ["build", ...CARGO], { env });
}

/** Writes module and glue into a folder. */
export function bindgen(module, folder, { keepNames = false } = {}) {
  const { cargo, env } = findCargo();
  run(cargo, ["run", ...CARGO, "--", folder, module, ...(keepNames ? ["--keep-names"] : [])], { env });
}
