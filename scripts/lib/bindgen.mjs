// The JavaScript beside a module: by wasm-bindgen's library, in the version that Cargo.lock pins for the module, too.
import { run } from "./run.mjs";

const CARGO = "--quiet --locked --profile tool --package bindgen --target-dir target/bindgen".split(" ");

/** Compiles the program of scripts/bindgen. Does nothing where it is there. */
export function buildBindgen() {
  run("cargo", ["build", ...CARGO]);
}

/** Writes module and glue into a folder. */
export function bindgen(module, folder, { keepNames = false } = {}) {
  run("cargo", ["run", ...CARGO, "--", folder, module, ...(keepNames ? ["--keep-names"] : [])]);
}
