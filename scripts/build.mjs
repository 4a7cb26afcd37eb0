// Builds the npm package: src/ and pkg/loader/ become the generated files of pkg/. Prints their sizes.
//
//   node scripts/build.mjs [--page] [--force]      (--page: what the demo console needs, without plain JavaScript)
//
// Does nothing when no input has changed since the last build.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bindgen } from "./lib/bindgen.mjs";
import { buildEntries } from "./lib/bundle.mjs";
import { capture, main, npmBin, root, run, Stop } from "./lib/run.mjs";
import { printSizes } from "./lib/size.mjs";
import { findWasmRust } from "./lib/toolchain.mjs";

const stamp = join(root, "target/wasm/inputs.sha256");

/** The same core twice: as WebAssembly, and in the few instructions from which plain JavaScript can be made. */
const KINDS = {
  wasm: {
    targetFolder: join(root, "target/wasm"),
    // No export returns an externref. Node 20 (V8 11.3) died of "unreachable code" where it deoptimised a caller of an
    // export that does; tests/loader/retry.test.ts calls often enough to see it.
    flag: "-Ctarget-feature=-reference-types",
    // Alignments are hints that engines do not need: without them there is less to pack.
    passes: ["--dealign"],
  },
  asm: { targetFolder: join(root, "target/asm"), flag: "-Ctarget-cpu=mvp", passes: [] },
};

/** Of each instance. One that overflows traps. */
const STACK_BYTES = 16_384;

const inputs = [
  "src",
  "pkg/loader",
  "pkg/package.json",
  "scripts/build.mjs",
  "scripts/bindgen",
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

/** Whether a build of these inputs made all, or at least the page's part where that is wanted. */
function isCurrent(hash, isPage) {
  const { files } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
  const isBuilt = files.every((file) => isPage || existsSync(join(root, "pkg", file)));
  const built = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  return isBuilt && (built === hash || (isPage && built === pageStamp(hash)));
}

/** After a build of the page's part, the others may be of other inputs. */
function pageStamp(hash) {
  return `${hash} page`;
}

/** Compiles the crate, and std with it: without messages and locations of panics, and built for size. */
function compile({ targetFolder, flag }) {
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
      flag,
      // SHA-256 with loops in place of sixty-four rounds written out.
      '--cfg=sha2_backend_soft="compact"',
      // Addresses behind it are shorter than behind the usual mebibyte, and memory is smaller.
      `-Clink-arg=-zstack-size=${STACK_BYTES}`,
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

/**
 * Makes the module small, and returns the short names that stand for its imports and exports.
 *
 * No feature flags: `--all-features` makes binaryen write encodings that no engine reads.
 */
function optimize(folder, passes) {
  const wasmOpt = npmBin("wasm-opt");
  const [bound, small, final] = ["_bg", "_small", ""].map((part) =>
    join(folder, `ecs_detach_volume${part}.wasm`),
  );
  run(wasmOpt, ["-Oz", "--converge", "--low-memory-unused", ...passes, bound, "-o", small]);
  const shorten = ["--minify-imports-and-exports-and-modules", "--strip-target-features"];
  const names = capture(wasmOpt, [...shorten, small, "-o", final]);
  if (names === null) throw new Stop("wasm-opt could not shorten the names of imports and exports");
  new WebAssembly.Module(readFileSync(final)); // An engine must take it.
  return { file: final, names: JSON.parse(names) };
}

/** The module of a kind: its file, its glue, and the short names in it. */
function buildModule(kind) {
  const folder = join(kind.targetFolder, "glue");
  mkdirSync(folder, { recursive: true });
  bindgen(compile(kind), folder);
  return {
    ...optimize(folder, kind.passes),
    glue: readFileSync(join(folder, "ecs_detach_volume.js"), "utf8"),
  };
}

/** The module as plain JavaScript. */
function toJavaScript({ file }) {
  const script = file.replace(".wasm", "_asm.js");
  run(npmBin("wasm2js"), ["-Oz", file, "-o", script]);
  return readFileSync(script, "utf8");
}

/** The variant without WebAssembly, by which all is compiled a second time. */
function buildAsm() {
  const asm = buildModule(KINDS.asm);
  return { ...asm, script: toJavaScript(asm) };
}

await main(async () => {
  const isPage = process.argv.includes("--page");
  const hash = hashInputs();
  if (isCurrent(hash, isPage) && !process.argv.includes("--force")) {
    console.log("build: pkg is up to date");
    if (!isPage) printSizes();
    return;
  }
  const wasm = buildModule(KINDS.wasm);
  await buildEntries({ ...wasm, bytes: readFileSync(wasm.file) }, isPage ? null : buildAsm());
  writeFileSync(stamp, isPage ? pageStamp(hash) : hash);
  if (!isPage) printSizes();
});
