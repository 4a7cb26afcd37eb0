// From the crate to a module with its glue.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bindgen } from "./bindgen.mjs";
import { capture, npmBin, root, run, Stop } from "./run.mjs";
import { findCargo } from "./toolchain.mjs";

/** The same core twice: as WebAssembly, and in the few instructions from which plain JavaScript can be made. */
export const KINDS = {
  wasm: {
    targetFolder: join(root, "target/wasm"),
    // No export returns an externref. Node 20 (V8 11.3) died of "unreachable code" where it deoptimised a caller of an
    // export that does; tests/loader/retry.test.ts calls often enough to see it.
    flag: "-Ctarget-feature=-reference-types",
    // Alignments are hints that engines do not need. wasm2js does.
    passes: ["--dealign"],
  },
  // With the names of its functions: they cost nothing here, as they are in its source map alone.
  asm: { targetFolder: join(root, "target/asm"), flag: "-Ctarget-cpu=mvp", passes: [], keepNames: true },
};

/**
 * Of each instance; one that overflows traps. With the usual mebibyte, addresses behind it are longer, which costs 0.2 kB,
 * and so is the memory.
 */
const STACK_BYTES = 16_384;

/** The module of a kind, by its file, its glue, and the short names that are in the one and not yet in the other. */
export function buildModule(kind) {
  const folder = join(kind.targetFolder, "glue");
  mkdirSync(folder, { recursive: true });
  bindgen(compile(kind), folder, kind);
  const glue = readFileSync(join(folder, "ecs_detach_volume.js"), "utf8");
  return { ...optimize(folder, kind), glue };
}

/** The module as plain JavaScript. */
export function toJavaScript(file) {
  const script = file.replace(".wasm", "_asm.js");
  run(npmBin("wasm2js"), ["-Oz", file, "-o", script]);
  return readFileSync(script, "utf8");
}

/** Compiles the crate, and std with it: without messages and locations of panics, and built for size. */
function compile({ targetFolder, flag }) {
  const { cargo, env: found } = findCargo();
  const env = {
    ...found,
    // Building std is not stable yet; this lets a stable compiler do it.
    RUSTC_BOOTSTRAP: "1",
    RUSTFLAGS: [
      "-Zunstable-options",
      "-Cpanic=immediate-abort",
      "-Zlocation-detail=none",
      "-Zfmt-debug=none",
      flag,
      // SHA-256 with loops in place of sixty-four rounds written out: 1.2 kB less.
      '--cfg=sha2_backend_soft="compact"',
      `-Clink-arg=-zstack-size=${STACK_BYTES}`,
      `--remap-path-prefix=${root}=.`,
    ].join(" "),
  };
  const args = "rustc --release --locked --lib --crate-type cdylib --target wasm32-unknown-unknown".split(
    " ",
  );
  const std = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
  run(cargo, [...args, ...std, "--target-dir", targetFolder], { env });
  return join(targetFolder, "wasm32-unknown-unknown/release/ecs_detach_volume.wasm");
}

/**
 * Makes the module small, and gives the short names that stand for its imports and exports: over a kilobyte less, which a test measures, because
 * wasm-bindgen's names hold whole Rust types. `shortenNames` writes them into the glue.
 *
 * No feature flags: `--all-features` makes binaryen write encodings that no engine reads.
 */
function optimize(folder, { passes, keepNames = false }) {
  const [bound, small, final] = ["_bg", "_small", ""].map((part) =>
    join(folder, `ecs_detach_volume${part}.wasm`),
  );
  const debug = keepNames ? ["-g"] : [];
  const smaller = ["-Oz", "--converge", "--low-memory-unused", ...passes, ...debug];
  run(npmBin("wasm-opt"), [...smaller, bound, "-o", small]);
  const shorten = ["--minify-imports-and-exports-and-modules", "--strip-target-features", ...debug];
  const names = capture(npmBin("wasm-opt"), [...shorten, small, "-o", final]);
  if (names === null) throw new Stop("wasm-opt could not shorten the names of imports and exports");
  new WebAssembly.Module(readFileSync(final)); // An engine must take it.
  return { file: final, names: JSON.parse(names) };
}
