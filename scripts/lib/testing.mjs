// `ecs-detach-volume/testing`: the simulated cloud, as files of the package that no other one loads.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { bannerOf } from "./bundle.mjs";
import { root, Stop } from "./run.mjs";

const folder = join(root, "pkg/testing");

/** The most that it may be, in bytes. No page loads it, but tests and stories read it each time. */
const LIMIT = 60_000;

export async function buildTesting() {
  for (const [ending, format] of Object.entries({ js: "esm", cjs: "cjs" })) {
    const { metafile } = await esbuild.build({
      entryPoints: [join(root, "tests/simulator/testing.ts")],
      outfile: join(folder, `index.${ending}`),
      bundle: true,
      minify: true,
      format,
      // Neutral: a module of Node's would be an error.
      platform: "neutral",
      target: "es2019",
      sourcemap: "linked",
      banner: bannerOf(format),
      // Chinese takes three bytes a character; escaped, it would take six.
      charset: "utf8",
      metafile: true,
      logLevel: "warning",
    });
    keepInside(join(folder, `index.${ending}.map`));
    const { bytes } = metafile.outputs[`pkg/testing/index.${ending}`];
    if (bytes > LIMIT)
      throw new Stop(`testing/index.${ending} is ${bytes} bytes, over its limit of ${LIMIT}`);
    const types = `index.d.${ending.replace("js", "ts")}`;
    copyFileSync(join(root, "pkg/loader/testing/types.d.ts"), join(folder, types));
  }
}

/** The sources as if they were in the package, which has them in its maps alone. */
function keepInside(file) {
  const map = JSON.parse(readFileSync(file, "utf8"));
  map.sources = map.sources.map((source) => source.replace(/^.*\/tests\//, "./"));
  writeFileSync(file, JSON.stringify(map));
}
