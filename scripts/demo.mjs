// Builds the demo console to static files, with the simulated cloud in the page: for any path of any site.
//
//   node scripts/demo.mjs [folder]      (default: target/demo)
import { resolve } from "node:path";
import { main, npmBin, root, run } from "./lib/run.mjs";

await main(() => {
  const [folder = "target/demo"] = process.argv.slice(2);
  run("node", ["scripts/setup.mjs", "build"]);
  run("node", ["scripts/build.mjs"]);
  const args = ["--mode", "demo", "--outDir", resolve(root, folder), "--emptyOutDir", "--logLevel", "warn"];
  run(npmBin("vite"), ["build", "www", ...args]);
  console.log(`\nThe demo is in ${folder}. Any server of files can serve it.`);
});
