// Everything that can be judged without running the code. Ends at the first complaint.
import { main, run } from "./lib/run.mjs";
import { findTool } from "./lib/toolchain.mjs";

await main(() => {
  run("node", ["scripts/setup.mjs", "build", "lint"]);
  run("node", ["scripts/build.mjs"]);
  run("cargo", ["fmt", "--check"]);
  for (const features of ["--all-features", "--no-default-features"]) {
    run("cargo", ["clippy", "--quiet", "--all-targets", features, "--", "-D", "warnings"]);
  }
  const env = { ...process.env, RUSTDOCFLAGS: "-Dwarnings" };
  run("cargo", ["doc", "--quiet", "--no-deps", "--document-private-items"], { env });
  run(findTool("cargo-deny"), ["--log-level", "error", "check", "bans", "licenses", "sources"]);
  for (const project of [".", "www", "tests/types"]) run("npx", ["--no", "tsc", "-p", project, "--noEmit"]);
  run("npx", ["--no", "biome", "check", "--error-on-warnings"]);
  run("npx", ["--no", "publint", "--strict", "pkg"]);
  run("npx", ["--no", "attw", "--pack", "pkg"]);
});
