// Everything that can be judged without running the code. Ends at the first complaint.
import { readArguments } from "./lib/arguments.mjs";
import { capture, main, npmBin, run, Stop } from "./lib/run.mjs";
import { findTool } from "./lib/toolchain.mjs";
import { prepare } from "./prepare.mjs";

/** The fuzz targets are a workspace of their own. */
const FUZZ = ["--manifest-path", "fuzz/Cargo.toml"];

function lintRust() {
  run("cargo", ["fmt", "--all", "--check"]);
  run("cargo", ["fmt", ...FUZZ, "--check"]);
  for (const what of [["--workspace", "--all-features"], ["--no-default-features"], FUZZ]) {
    run("cargo", ["clippy", "--quiet", "--all-targets", ...what, "--", "-D", "warnings"]);
  }
  const env = { ...process.env, RUSTDOCFLAGS: "-Dwarnings" };
  run("cargo", ["doc", "--quiet", "--workspace", "--no-deps", "--document-private-items"], { env });
}

/** Of what ships, nothing twice; of the tools that make it, only licences and where they come from count. */
function lintDependencies() {
  const deny = findTool("cargo-deny");
  const check = (...args) =>
    run(deny, [...args.slice(0, -1), "--log-level", "error", "check", ...args.at(-1)]);
  check(["bans"]);
  check("--workspace", ["licenses", "sources"]);
  // Nothing of the fuzzer is handed on, so its licence does not matter.
  check(...FUZZ, ["sources"]);
  // The advisories are no package of a registry. GitHub's jobs reach them; a gate without that network must not stop.
  if (process.env.GITHUB_ACTIONS || capture(deny, ["fetch", "db"]) !== null)
    for (const workspace of [["--workspace"], FUZZ]) check(...workspace, ["advisories"]);
  else console.log("lint: advisories skipped: their database cannot be reached from here");
  run("npm", ["audit", "--omit=dev", "--workspace", "pkg"]);
}

function lintPackage() {
  for (const project of [".", "pkg/loader", "www", "tests/types"])
    run(npmBin("tsc"), ["-p", project, "--noEmit"]);
  run(npmBin("biome"), ["check", "--error-on-warnings"]);
  run(npmBin("publint"), ["--strict", "pkg"]);
  run(npmBin("attw"), ["--pack", "pkg"]);
}

await main(async () => {
  readArguments();
  prepare("rust-tools", "sdk", "compilers", "cargo-deny", "zizmor");
  lintRust();
  lintDependencies();
  lintPackage();
  // Loaded late: the set-up may just have installed what they need.
  const { workflowComplaints } = await import("./lib/workflows.mjs");
  const { secretComplaints } = await import("./lib/secrets.mjs");
  const complaints = [...(await workflowComplaints()), ...secretComplaints()];
  if (complaints.length > 0) throw new Stop(complaints.join("\n"));
  run("node", ["scripts/api-docs.mjs"]);
});
