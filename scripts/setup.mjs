// Finds or installs what the project's commands need, and says so; does nothing where nothing is missing.
//
//   node scripts/setup.mjs [part …]      (build: all that a build needs; no argument: everything)
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findPython, installKeystone, isKeystoneInstalled } from "../tests/keystone/environment.mjs";
import { buildBindgen, isBindgenBuilt } from "./lib/bindgen.mjs";
import { capture, isProgram, lockedVersion, main, root, run, Stop, which } from "./lib/run.mjs";
import {
  findChromium,
  findFirefox,
  findTool,
  findWasmBindgen,
  findWasmRust,
  findWebKit,
  hasChineseFont,
  hasNpmPackages,
  LOWEST_RUST,
  toolsFolder,
} from "./lib/toolchain.mjs";
import { installZizmor, isZizmorInstalled } from "./lib/zizmor.mjs";

const DEBIAN_RUST = ["rustc-web", "cargo-web", "rust-web-src", "rust-web-llvm"];
let isAptListFresh = false;

function say(text) {
  console.log(`setup: ${text}`);
}

function aptInstall(packages) {
  if (which("apt-get") === null) return false;
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (...args) => {
    const [program, ...rest] = [...sudo, "apt-get", "-q", "-o=Dpkg::Use-Pty=0", ...args];
    return capture(program, rest, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } }) !== null;
  };
  if (!isAptListFresh) apt("update");
  isAptListFresh = true;
  return apt("install", "-y", "--no-install-recommends", ...packages);
}

function installWasmRust() {
  // rustup knows which toolchain is active here; it fails at once where it cannot download.
  if (which("rustup")) capture("rustup", ["component", "add", "rust-src"]);
  if (findWasmRust() || which("apt-get") === null) return;
  say("trying Debian's packages");
  if (!aptInstall(DEBIAN_RUST)) return;
  // The linker is a package of its own, in the version of LLVM that this Rust was built with.
  const version = /-(\d+)\b/.exec(capture("readlink", ["/usr/bin/rust-lld"]) ?? "")?.[1];
  if (version) aptInstall([`lld-${version}`]);
}

function cargoInstall(crate, version) {
  const args = ["install", "--quiet", "--root", toolsFolder, crate, "--version", version];
  // The lock file that a release of a tool carries can name versions that a registry no longer serves.
  if (capture("cargo", [...args, "--locked"]) === null) run("cargo", args);
}

/** Some programs tell their version only where cargo calls them, so cargo's own list is asked, too. */
function isCargoInstalled(name, version) {
  const printed = capture(findTool(name) ?? name, ["--version"]) ?? "";
  const list = join(toolsFolder, ".crates.toml");
  const installed = existsSync(list) ? readFileSync(list, "utf8") : "";
  return printed.split(/\s/).includes(version) || installed.includes(`"${name} ${version} `);
}

/** The packages of a folder with a lock file. */
const npm = (folder, what, ...options) => ({
  what,
  has: () => hasNpmPackages(join(root, folder)),
  install: () =>
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...options], {
      cwd: join(root, folder),
    }),
});

const debian = (what, packages, has) => ({
  what,
  has,
  install: () => aptInstall(packages),
  remedy: `install ${what} and put what it brings on the PATH`,
});

const withPython = (install) => () => {
  if (!findPython()) aptInstall(["python3-venv"]);
  install();
};

/** A program that cargo builds, in the version that scripts/tools.json says. */
const tool = (name) => {
  const { version } = JSON.parse(readFileSync(join(root, "scripts/tools.json"), "utf8"))[name];
  return {
    what: `${name} ${version} (compiled once, a few minutes)`,
    has: () => isCargoInstalled(name, version),
    install: () => cargoInstall(name, version),
  };
};

/** Whatever some command needs. `remedy`: for where it cannot be installed. */
export const parts = {
  node: npm("", "npm packages"),
  rust: {
    what: `Rust ${LOWEST_RUST} or newer, with the sources of its standard library and the linker for WebAssembly`,
    has: () => findWasmRust() !== null,
    install: installWasmRust,
    remedy:
      "get Rust from https://rustup.rs, run `rustup update` and `rustup component add rust-src`, or on Debian, as root, " +
      `\`apt-get install ${DEBIAN_RUST.join(" ")}\` and the lld that rust-lld leads to`,
  },
  bindgen: {
    what: "wasm-bindgen (compiled once, half a minute)",
    has: isBindgenBuilt,
    install: buildBindgen,
  },
  "rust-tools": {
    what: "rustfmt and clippy",
    has: () => ["fmt", "clippy"].every((name) => capture("cargo", [name, "--version"]) !== null),
    install: () => capture("rustup", ["component", "add", "rustfmt", "clippy"]),
    remedy: "run `rustup component add rustfmt clippy`",
  },
  // What runs tests in a browser comes with the command line of wasm-bindgen only.
  "test-runner": {
    what: "wasm-bindgen-test-runner (compiled once, a few minutes)",
    has: () => findWasmBindgen("wasm-bindgen-test-runner") !== null,
    install: () => cargoInstall("wasm-bindgen-cli", lockedVersion("wasm-bindgen")),
  },
  chromium: debian("Chromium and its driver", ["chromium", "chromium-driver", "fonts-dejavu-core"], () =>
    Object.values(findChromium()).every(Boolean),
  ),
  font: debian("Noto Sans CJK SC, a Chinese font", ["fonts-noto-cjk"], hasChineseFont),
  firefox: debian("Firefox", ["firefox-esr"], () => findFirefox().browser !== null),
  geckodriver: { ...tool("geckodriver"), has: () => findFirefox().driver !== null },
  webkit: debian("WebKitGTK, its driver and Xvfb", ["webkit2gtk-driver", "xvfb"], () =>
    Object.values(findWebKit()).every(Boolean),
  ),
  nginx: debian("nginx", ["nginx-light"], () => findTool("nginx") !== null || existsSync("/usr/sbin/nginx")),
  sdk: npm("tests/sdk", "the vendor's SDK"),
  compilers: npm("tests/types/compilers", "older TypeScript compilers and typedoc"),
  recipes: npm("tests/recipes", "the frameworks that the recipes are for"),
  site: npm("scripts/site", "the generator of the documentation site"),
  // They are bundled for browsers: it does not matter which Node they want.
  peers: npm("tests/bench", "what the benchmark compares with", "--no-engine-strict"),
  keystone: {
    what: "Keystone, an identity service (half a minute, once)",
    has: isKeystoneInstalled,
    install: withPython(installKeystone),
  },
  zizmor: {
    what: "zizmor, which judges workflows",
    has: isZizmorInstalled,
    install: withPython(installZizmor),
  },
  "cargo-cyclonedx": tool("cargo-cyclonedx"),
  "cargo-deny": tool("cargo-deny"),
  "cargo-fuzz": tool("cargo-fuzz"),
  "cargo-mutants": tool("cargo-mutants"),
  twiggy: tool("twiggy"),
};

/** What a build needs. */
export const BUILD = ["node", "rust", "bindgen"];

/** Installs what is missing of these parts; throws where that fails. */
export function setUp(...names) {
  for (const name of new Set(names)) {
    const { what, has, install, remedy = "see above" } = parts[name];
    if (has()) continue;
    say(`installing ${what}`);
    install();
    if (!has()) throw new Stop(`${what}: could not be installed; ${remedy}`);
  }
}

/** What only tests need may be missing on a contributor's machine: those tests are then skipped and counted. */
export function setUpForTests(...names) {
  for (const name of names) {
    try {
      setUp(name);
    } catch (error) {
      if (process.env.CI || !(error instanceof Stop)) throw error;
      say(`${error.message}. Tests that need it will be skipped.`);
    }
  }
}

if (isProgram(import.meta.url))
  await main(() => {
    const wanted = process.argv.slice(2);
    const known = Object.keys(parts);
    const unknown = wanted.find((name) => name !== "build" && !known.includes(name));
    if (unknown) throw new Stop(`setup knows build, ${known.join(", ")}; not "${unknown}"`);
    setUp(...(wanted.length ? wanted.flatMap((name) => (name === "build" ? BUILD : name)) : known));
  });
