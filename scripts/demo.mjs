// Builds the demo console to static files, with the simulated cloud in the page: for any path of any site.
//
//   node scripts/demo.mjs [folder]      (default: target/demo)
import { resolve } from "node:path";
import { isProgram, main, npmBin, root, run } from "./lib/run.mjs";
import { prepare } from "./prepare.mjs";

/** With the package as it is built. */
export function buildDemo(folder = "target/demo") {
  const args = ["--mode", "demo", "--outDir", resolve(root, folder), "--emptyOutDir", "--logLevel", "warn"];
  run(npmBin("vite"), ["build", "www", ...args]);
  console.log(`\nThe demo is in ${folder}. Any server of files can serve it.`);
}

if (isProgram(import.meta.url))
  await main(() => {
    prepare();
    buildDemo(process.argv[2]);
  });
