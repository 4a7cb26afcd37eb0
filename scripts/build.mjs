// Builds the npm package: src/ and pkg/loader/ become the generated files of pkg/. Prints their sizes.
//
//   node scripts/build.mjs [--page] [--force]      (--page: what the demo console needs, without plain JavaScript)
//
// Does nothing when no input has changed since the last build.
import { readFileSync } from "node:fs";
import { readArguments } from "./lib/arguments.mjs";
import { bundleAsm, bundleMessages, bundleWebAssembly, writeTypes } from "./lib/bundle.mjs";
import { buildModule, KINDS, toJavaScript } from "./lib/crate.mjs";
import { noticeGrowth, shortenNames, wrapAsm, wrapGlue } from "./lib/glue.mjs";
import { pack } from "./lib/pack.mjs";
import { main } from "./lib/run.mjs";
import { printSizes } from "./lib/size.mjs";
import { hashInputs, isCurrent, markCurrent, markStale } from "./lib/stamp.mjs";
import { writeManifests } from "./lib/subpaths.mjs";
import { buildTesting } from "./lib/testing.mjs";

await main(async () => {
  const { page: isPage, force } = readArguments({
    page: { type: "boolean", default: false },
    force: { type: "boolean", default: false },
  });
  const hash = hashInputs();
  if (isCurrent(hash, isPage) && !force) {
    console.log("build: pkg is up to date");
  } else {
    markStale();
    await buildWebAssembly();
    if (!isPage) {
      await buildAsm();
      await buildTesting();
    }
    await bundleMessages();
    writeManifests();
    writeTypes();
    markCurrent(hash, isPage);
  }
  if (!isPage) printSizes();
});

/** The core as WebAssembly: the module, its glue, and the entries that hold them. */
async function buildWebAssembly() {
  const { file, glue, names } = buildModule(KINDS.wasm);
  const bytes = readFileSync(file);
  await bundleWebAssembly({ bytes, packed: pack(bytes), glue: await wrapGlue(shortenNames(glue, names)) });
}

/** The core once more, as plain JavaScript, for where WebAssembly is refused. */
async function buildAsm() {
  const { file, glue, names } = buildModule(KINDS.asm);
  await bundleAsm({
    script: wrapAsm(toJavaScript(file)),
    glue: await wrapGlue(shortenNames(noticeGrowth(glue), names)),
  });
}
