// Everything that can be judged without running the code. Ends at the first complaint.
import { main, npmBin, run, Stop } from "./lib/run.mjs";
import { findTool } from "./lib/toolchain.mjs";

await main(async () => {
  run("node", ["scripts/setup.mjs", "build", "lint"]);
  run("node", ["scripts/build.mjs"]);
  run("cargo", ["fmt", "--check"]);
  for (const features of ["--all-features", "--no-default-features"]) {
    run("cargo", ["clippy", "--quiet", "--all-targets", features, "--", "-D", "warnings"]);
  }
  const env = { ...process.env, RUSTDOCFLAGS: "-Dwarnings" };
  run("cargo", ["doc", "--quiet", "--no-deps", "--document-private-items"], { env });
  run(findTool("cargo-deny"), ["--log-level", "error", "check", "bans", "licenses", "sources"]);
  for (const project of [".", "pkg/loader", "www", "tests/types"])
    run(npmBin("tsc"), ["-p", project, "--noEmit"]);
  run(npmBin("biome"), ["check", "--error-on-warnings"]);
  // Loaded late: the set-up may just have installed what it needs.
  const { allWorkflowComplaints } = await import("./lib/workflows.mjs");
  const complaints = await allWorkflowComplaints();
  if (complaints.length > 0) throw new Stop(complaints.join("\n"));
  run(npmBin("publint"), ["--strict", "pkg"]);
  run(npmBin("attw"), ["--pack", "pkg"]);
  run("node", ["scripts/api-docs.mjs"]);
});
