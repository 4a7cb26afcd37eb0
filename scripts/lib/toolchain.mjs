// Where the parts of the tool chain are on this machine. Nothing here installs anything.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { capture, isExecutable, lockedVersion, root, Stop, which } from "./run.mjs";

export const toolsFolder = join(root, "target/tools");

/**
 * The Rust compiler that can build std for wasm32: its cargo and its rustc; or `null`.
 *
 * The release build compiles std from source (rust-src): that makes the module smaller. So what is needed
 * is the std sources and a linker, not rustup's prebuilt wasm32 target.
 */
export function findWasmRust() {
  const active = { cargo: which("cargo"), rustc: which("rustc") };
  if (active.cargo && active.rustc && canBuild(active.rustc)) return active;
  // Debian's rustc-web, cargo-web and rust-web-src, for machines where rustup cannot download.
  const debian = { cargo: "/usr/bin/cargo", rustc: "/usr/bin/rustc" };
  if (isExecutable(debian.cargo) && isExecutable(debian.rustc) && canBuild(debian.rustc)) return debian;
  return null;
}

function canBuild(rustc) {
  return isRecent(rustc) && hasStdSources(rustc) && hasLinker(rustc);
}

/** The lowest Rust, as Cargo.toml has it. */
export const LOWEST_RUST = /^rust-version = "(1\.\d+)/m.exec(
  readFileSync(join(root, "Cargo.toml"), "utf8"),
)[1];

function isRecent(rustc) {
  const minor = (version) => Number(version?.split(".")[1] ?? 0);
  const [version] = /1\.\d+/.exec(capture(rustc, ["--version"]) ?? "") ?? [];
  return minor(version) >= minor(LOWEST_RUST);
}

/** A cargo that is recent enough, with what it must find in its environment. */
export function findCargo() {
  const { cargo, rustc } = findWasmRust() ?? {};
  if (!cargo) throw new Stop("a recent Rust is missing; run `node scripts/setup.mjs build`");
  const env = { ...process.env, RUSTC: rustc };
  // rustup's cargo would put its own choice of toolchain in place of the one that was found.
  if (cargo.startsWith("/usr/bin/")) delete env.RUSTUP_TOOLCHAIN;
  return { cargo, env };
}

function hasStdSources(rustc) {
  const sysroot = capture(rustc, ["--print", "sysroot"]);
  return sysroot !== null && existsSync(join(sysroot, "lib/rustlib/src/rust/library/std/Cargo.toml"));
}

// rustup ships rust-lld beside the compiler; Debian has a link of that name, which leads to the package of LLVM's
// linker or nowhere.
function hasLinker(rustc) {
  const sysroot = capture(rustc, ["--print", "sysroot"]) ?? "";
  const host = /host: (\S+)/.exec(capture(rustc, ["-vV"]) ?? "")?.[1] ?? "";
  return isExecutable(join(sysroot, "lib/rustlib", host, "bin/rust-lld")) || which("rust-lld") !== null;
}

/** A program of wasm-bindgen-cli in exactly the version of the crate, or `null`. */
export function findWasmBindgen(name) {
  const wanted = lockedVersion("wasm-bindgen");
  const candidates = [join(toolsFolder, "bin", name), which(name)];
  const fits = (path) => path && capture(path, ["--version"])?.endsWith(` ${wanted}`);
  return candidates.find(fits) ?? null;
}

/** A program that cargo installed for this project or the machine has, or `null`. */
export function findTool(name) {
  const own = join(toolsFolder, "bin", name);
  return isExecutable(own) ? own : which(name);
}

/** The browser for the tests, and its driver; either may be `null`. */
export function findChromium() {
  return { browser: which("chromium", "chromium-browser", "google-chrome"), driver: which("chromedriver") };
}

/** Whether Chinese texts look here as they do in the reference pictures. */
export function hasChineseFont() {
  return capture("fc-match", ["Noto Sans CJK SC", "family"])?.includes("Noto Sans CJK SC") ?? false;
}

/** The browser, and its driver; either may be `null`. */
export function findFirefox() {
  return { browser: which("firefox-esr", "firefox"), driver: findTool("geckodriver") };
}

/** The browser, its driver, and the display that it needs, because it cannot do without; each may be `null`. */
export function findWebKit() {
  return { browser: findMiniBrowser(), driver: which("WebKitWebDriver"), display: which("Xvfb") };
}

/** WebKitGTK's own small browser: no program for users, so it is not on the PATH. */
function findMiniBrowser() {
  const libraries = existsSync("/usr/lib") ? readdirSync("/usr/lib") : [];
  const paths = libraries.map((folder) => join("/usr/lib", folder, "webkit2gtk-4.1/MiniBrowser"));
  return paths.find(isExecutable) ?? null;
}

/** Whether a folder's npm packages are installed, since its lock file was last written. */
export function hasNpmPackages(folder) {
  const lock = join(folder, "package-lock.json");
  const installed = join(folder, "node_modules/.package-lock.json");
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}
