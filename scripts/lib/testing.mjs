// `ecs-detach-volume/testing`: the simulated cloud, as a file of the package that no other one loads.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root, Stop } from "./run.mjs";

/** The most that it may be, in bytes. No page loads it, but tests and stories read it each time. */
const LIMIT = 60_000;

export async function buildTesting() {
  for (const [ending, format] of Object.entries({ js: "esm", cjs: "cjs" })) {
    const { metafile } = await esbuild.build({
      entryPoints: [join(root, "tests/simulator/testing.ts")],
      outfile: join(root, `pkg/testing.${ending}`),
      bundle: true,
      minify: true,
      format,
      // Neutral: a module of Node's would be an error.
      platform: "neutral",
      target: "es2022",
      // Chinese takes three bytes a character; escaped, it would take six.
      charset: "utf8",
      metafile: true,
      logLevel: "warning",
    });
    const [{ bytes }] = Object.values(metafile.outputs);
    if (bytes > LIMIT) throw new Stop(`testing.${ending} is ${bytes} bytes, more than ${LIMIT}`);
    copyFileSync(
      join(root, "pkg/loader/testing/types.d.ts"),
      join(root, `pkg/testing.d.${ending.replace("js", "ts")}`),
    );
  }
}
