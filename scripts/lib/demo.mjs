// The demo console as static files, with the simulated cloud in the page: for any path of any site.
import { resolve } from "node:path";
import { npmBin, root, run } from "./run.mjs";

/** With the package as it is built. */
export function buildDemo(folder = "target/demo") {
  const args = ["--mode", "demo", "--outDir", resolve(root, folder), "--emptyOutDir", "--logLevel", "warn"];
  run(npmBin("vite"), ["build", "www", ...args]);
  console.log(`\nThe demo is in ${folder}. Any server of files can serve it.`);
}
