// How the tests of the browser shell are run: by wasm-bindgen-test, in headless Chromium.
import { findChromium, findWasmBindgen, findWasmRust } from "./toolchain.mjs";

/** To be called after the set-up: what it finds may have been installed by that. */
export function shellTestCommand() {
  const rust = findWasmRust();
  return {
    command: [
      rust?.cargo ?? "cargo",
      ..."test --target wasm32-unknown-unknown -Zbuild-std=std,panic_abort --target-dir target/wasm-test --test web".split(
        " ",
      ),
    ],
    env: {
      RUSTC: rust?.rustc ?? "rustc",
      RUSTC_BOOTSTRAP: "1",
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: findWasmBindgen("wasm-bindgen-test-runner") ?? "",
      CHROMEDRIVER: findChromium().driver ?? "",
    },
  };
}
