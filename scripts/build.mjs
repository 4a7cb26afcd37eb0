// Builds the npm package: src/ and pkg/loader/ become the generated files of pkg/. Prints their sizes.
//
// Does nothing when no input has changed since the last build.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildEntries } from "./lib/bundle.mjs";
import { capture, main, npmBin, root, run, Stop } from "./lib/run.mjs";
import { printSizes } from "./lib/size.mjs";
import { findWasmBindgen, findWasmRust } from "./lib/toolchain.mjs";

const targetFolder = join(root, "target/wasm");
const glueFolder = join(targetFolder, "glue");
const stamp = join(targetFolder, "inputs.sha256");
const inputs = [
  "src",
  "pkg/loader",
  "pkg/package.json",
  "scripts/build.mjs",
  "scripts/lib",
  "Cargo.toml",
  "Cargo.lock",
  "package-lock.json",
];

function hashInputs() {
  const hash = createHash("sha256");
  const add = (path) => {
    const full = join(root, path);
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(join(path, name));
    } else {
      hash.update(path).update(readFileSync(full));
    }
  };
  inputs.forEach(add);
  return hash.digest("hex");
}

function isCurrent(hash) {
  const { files } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
  const isBuilt = files.every((file) => existsSync(join(root, "pkg", file)));
  return isBuilt && existsSync(stamp) && readFileSync(stamp, "utf8") === hash;
}

/** Compiles the crate, and std with it: without messages and locations of panics, and built for size. */
function compile() {
  const rust = findWasmRust();
  if (!rust) throw new Stop("Rust for wasm32 is missing; run `node scripts/setup.mjs build`");
  const env = {
    ...process.env,
    RUSTC: rust.rustc,
    // Building std is not stable yet; this lets a stable compiler do it.
    RUSTC_BOOTSTRAP: "1",
    RUSTFLAGS: [
      "-Zunstable-options",
      "-Cpanic=immediate-abort",
      "-Zlocation-detail=none",
      "-Zfmt-debug=none",
      // Without them no export returns an externref. Node 20 (V8 11.3) died of "unreachable code" where it
      // deoptimised a caller of an export that does; tests/loader/retry.test.ts calls often enough to see it.
      "-Ctarget-feature=-reference-types",
      // SHA-256 with loops in place of sixty-four rounds written out.
      '--cfg=sha2_backend_soft="compact"',
      `--remap-path-prefix=${root}=.`,
    ].join(" "),
  };
  // rustup's cargo would put its own choice of toolchain in place of the one that was found.
  if (rust.cargo.startsWith("/usr/bin/")) delete env.RUSTUP_TOOLCHAIN;
  const args = "rustc --release --locked --lib --crate-type cdylib --target wasm32-unknown-unknown".split(
    " ",
  );
  const std = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];
  run(rust.cargo, [...args, ...std, "--target-dir", targetFolder], { env });
  return join(targetFolder, "wasm32-unknown-unknown/release/ecs_detach_volume.wasm");
}

function bindgen(wasm) {
  const options = ["--target", "web", "--omit-default-module-path", "--no-typescript"];
  const strip = ["--remove-name-section", "--remove-producers-section"];
  run(findWasmBindgen("wasm-bindgen"), [...options, ...strip, "--out-dir", glueFolder, wasm]);
}

/**
 * Makes the module small, and returns the short names that stand for its imports and exports.
 *
 * No feature flags: `--all-features` makes binaryen write encodings that no engine reads.
 */
function optimize() {
  const wasmOpt = npmBin("wasm-opt");
  const [bound, small, final] = ["_bg", "_small", ""].map((part) =>
    join(glueFolder, `ecs_detach_volume${part}.wasm`),
  );
  run(wasmOpt, ["-Oz", "--converge", "--low-memory-unused", bound, "-o", small]);
  const shorten = ["--minify-imports-and-exports-and-modules", "--strip-target-features"];
  const names = capture(wasmOpt, [...shorten, small, "-o", final]);
  if (names === null) throw new Stop("wasm-opt could not shorten the names of imports and exports");
  const wasm = readFileSync(final);
  new WebAssembly.Module(wasm); // An engine must take it.
  return { wasm, names: JSON.parse(names) };
}

await main(async () => {
  const hash = hashInputs();
  if (isCurrent(hash) && !process.argv.includes("--force")) {
    console.log("build: pkg is up to date");
    return printSizes();
  }
  mkdirSync(targetFolder, { recursive: true });
  bindgen(compile());
  const { wasm, names } = optimize();
  await buildEntries({ glue: readFileSync(join(glueFolder, "ecs_detach_volume.js"), "utf8"), wasm, names });
  writeFileSync(stamp, hash);
  printSizes();
});
