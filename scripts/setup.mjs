// Finds or installs what the project's commands need, and says so; does nothing where nothing is missing.
//
//   node scripts/setup.mjs [node] [build] [test] [lint] [docs] [site] [bench] [consumers] [screenshots]
//                                                                              (no argument: everything)
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPython, installKeystone, isKeystoneInstalled } from "../tests/keystone/environment.mjs";
import { capture, lockedVersion, main, root, run, Stop, which } from "./lib/run.mjs";
import {
  findChromium,
  findFirefox,
  findTool,
  findWasmBindgen,
  findWasmRust,
  findWebKit,
  GECKODRIVER,
  hasChineseFont,
  hasNpmPackages,
  toolsFolder,
} from "./lib/toolchain.mjs";

const DEBIAN_RUST = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];
const isLinuxWithApt = which("apt-get") !== null;
const isRoot = process.getuid?.() === 0;
let isAptListFresh = false;

function say(text) {
  console.log(`setup: ${text}`);
}

function aptInstall(packages) {
  if (!isLinuxWithApt) return false;
  const sudo = isRoot ? [] : ["sudo", "-n"];
  const apt = (...args) => {
    const [program, ...rest] = [...sudo, "apt-get", "-q", "-o=Dpkg::Use-Pty=0", ...args];
    return capture(program, rest, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }) !== null;
  };
  if (!isAptListFresh) apt("update");
  isAptListFresh = true;
  return apt("install", "-y", "--no-install-recommends", ...packages);
}

/** A step that installs the npm packages of a folder. What only tests need may be missing, see {@link missing}. */
function npmPackages(folder, what, { isForTests = true, options = [] } = {}) {
  const path = join(root, folder);
  return () => {
    if (hasNpmPackages(path)) return;
    say(`installing ${what}`);
    const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...options];
    const install = () => run("npm", args, { cwd: path });
    if (isForTests) attempt(what, install);
    else install();
  };
}

const setUpNode = npmPackages("", "npm packages", { isForTests: false });
const setUpPeers = npmPackages("tests/bench", "what the benchmark compares with", {
  isForTests: false,
  // They are bundled for browsers: it does not matter which Node they want.
  options: ["--no-engine-strict"],
});
const setUpSdk = npmPackages("tests/sdk", "the vendor's SDK");
const setUpCompilers = npmPackages("tests/types/compilers", "older TypeScript compilers and typedoc");
const setUpRecipes = npmPackages("tests/recipes", "the frameworks that the recipes are for");
const setUpSite = npmPackages("scripts/site", "the generator of the documentation site");

function setUpWasmRust() {
  if (!which("cargo")) {
    throw new Stop("Rust is missing. Install it from https://rustup.rs and run this command again.");
  }
  if (findWasmRust()) return;
  say("adding the sources of Rust's standard library, for wasm32");
  // rustup knows which toolchain is active here; it fails at once where it cannot download.
  if (which("rustup")) capture("rustup", ["component", "add", "rust-src"]);
  if (!findWasmRust()) {
    say("rustup could not; trying Debian's packages");
    installDebianRust();
  }
  const found = findWasmRust();
  if (!found) {
    throw new Stop(
      "The sources of Rust's standard library or the linker for WebAssembly are missing, and neither rustup nor apt could add them.\n" +
        "Install them with `rustup component add rust-src`, or on Debian, as root, with\n" +
        `\`apt-get install ${DEBIAN_RUST.join(" ")}\` and the lld that rust-lld leads to, and run this command again.`,
    );
  }
  say(`wasm32 will be built with ${found.origin}`);
}

function installDebianRust() {
  if (!aptInstall(DEBIAN_RUST)) return;
  // The linker is a package of its own, in the version of LLVM that this Rust was built with.
  const version = /-(\d+)\b/.exec(capture("readlink", ["/usr/bin/rust-lld"]) ?? "")?.[1];
  if (version) aptInstall([`lld-${version}`]);
}

function cargoInstall(crate, version) {
  say(`building ${crate} ${version} (a few minutes, once)`);
  const args = ["install", "--quiet", "--root", toolsFolder, crate, "--version", version];
  // The lock file that a release of a tool carries can name versions that a registry no longer serves.
  if (capture("cargo", [...args, "--locked"]) === null) run("cargo", args);
}

function setUpWasmBindgen() {
  const wanted = lockedVersion("wasm-bindgen");
  if (findWasmBindgen("wasm-bindgen") && findWasmBindgen("wasm-bindgen-test-runner")) return;
  cargoInstall("wasm-bindgen-cli", wanted);
}

function setUpChromium() {
  const has = () => Object.values(findChromium()).every(Boolean);
  if (has()) return;
  say("installing Chromium and its driver");
  aptInstall(["chromium", "chromium-driver", "fonts-dejavu-core"]);
  if (!has()) missing("Chromium with chromedriver", "install both and put them on the PATH");
}

function setUpChineseFont() {
  if (hasChineseFont()) return;
  say("installing a Chinese font (for the pictures of the demo console)");
  aptInstall(["fonts-noto-cjk"]);
  if (!hasChineseFont()) missing("Noto Sans CJK SC", "install the font");
}

function setUpFirefox() {
  if (!findFirefox().browser) {
    say("installing Firefox");
    aptInstall(["firefox-esr"]);
  }
  if (!findFirefox().browser) return missing("Firefox", "install it and put it on the PATH");
  if (!findFirefox().driver) attempt("geckodriver", () => cargoInstall("geckodriver", GECKODRIVER));
}

function setUpWebKit() {
  const has = () => Object.values(findWebKit()).every(Boolean);
  if (has()) return;
  say("installing WebKitGTK, its driver and a display without a screen");
  aptInstall(["webkit2gtk-driver", "xvfb"]);
  if (!has()) missing("WebKitGTK with WebKitWebDriver and Xvfb", "install the three");
}

function setUpNginx() {
  if (findTool("nginx") || existsSync("/usr/sbin/nginx")) return;
  say("installing nginx (the proxy recipe is tested with it)");
  aptInstall(["nginx-light"]);
  if (!existsSync("/usr/sbin/nginx") && !findTool("nginx")) missing("nginx", "install it");
}

function setUpKeystone() {
  if (isKeystoneInstalled()) return;
  if (!findPython()) {
    say("installing Python's venv");
    aptInstall(["python3-venv"]);
  }
  say("installing Keystone, an identity service (half a minute, once)");
  attempt("Keystone", installKeystone);
}

/** For what only tests need, and what tells by a `Stop` that it failed. */
function attempt(what, install) {
  try {
    install();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    missing(what, error.message);
  }
}

/** What only tests need may be missing on a contributor's machine: those tests are then skipped and counted. */
function missing(what, remedy) {
  const text = `${what} is missing and could not be installed; ${remedy}`;
  if (process.env.CI) throw new Stop(text);
  say(`${text}. Tests that need it will be skipped.`);
}

function setUpLint() {
  const { version } = JSON.parse(readFileSync(join(root, "scripts/tools.json"), "utf8"))["cargo-deny"];
  const found = findTool("cargo-deny");
  if (found && capture(found, ["--version"])?.endsWith(` ${version}`)) return;
  cargoInstall("cargo-deny", version);
}

const parts = {
  node: [setUpNode],
  build: [setUpNode, setUpWasmRust, setUpWasmBindgen],
  test: [
    setUpNode,
    setUpWasmRust,
    setUpWasmBindgen,
    setUpChromium,
    setUpChineseFont,
    setUpFirefox,
    setUpWebKit,
    setUpNginx,
    setUpSdk,
    setUpCompilers,
    setUpRecipes,
    setUpSite,
    setUpKeystone,
  ],
  lint: [setUpNode, setUpSdk, setUpCompilers, setUpLint],
  docs: [setUpNode, setUpCompilers],
  site: [setUpNode, setUpCompilers, setUpSite],
  bench: [setUpNode, setUpWasmRust, setUpWasmBindgen, setUpChromium, setUpPeers],
  consumers: [setUpNode, setUpWasmRust, setUpWasmBindgen, setUpChromium],
  screenshots: [setUpNode, setUpWasmRust, setUpWasmBindgen, setUpChromium, setUpChineseFont],
};

await main(() => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !(name in parts));
  if (unknown) throw new Stop(`setup knows ${Object.keys(parts).join(", ")}; not "${unknown}"`);
  const steps = new Set((wanted.length ? wanted : Object.keys(parts)).flatMap((name) => parts[name]));
  for (const step of steps) step();
});
