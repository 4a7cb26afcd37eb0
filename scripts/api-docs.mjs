// Writes the API documentation, from the comments in the public types, to target/api. A warning is a failure: a link
// that leads nowhere, a type that is used and not exported, something without a word on it.
import { main, root, run, Stop } from "./lib/run.mjs";

const folder = new URL("../tests/types/compilers/", import.meta.url);

const options = {
  entryPoints: ["src/web/types.d.ts", "pkg/loader/messages/types.d.ts"],
  out: "target/api",
  name: "ecs-detach-volume",
  readme: "pkg/README.md",
  // typedoc brings a compiler of its own, older than the project's.
  tsconfig: "tests/types/api.tsconfig.json",
  validation: { invalidLink: true, notExported: true, notDocumented: true, invalidPath: true },
  requiredToBeDocumented: ["Function", "TypeAlias"],
  excludeExternals: true,
  disableSources: true,
  logLevel: "Warn",
};

await main(async () => {
  run("node", ["scripts/setup.mjs", "docs"]);
  process.chdir(root);
  const { Application } = await import(new URL("node_modules/typedoc/dist/index.js", folder).href);
  const app = await Application.bootstrap(options);
  const project = await app.convert();
  if (project) app.validate(project);
  refuseWarnings(app);
  await app.generateOutputs(project);
  refuseWarnings(app);
  console.log(`api-docs: ${options.out}`);
});

function refuseWarnings({ logger }) {
  if (logger.hasErrors() || logger.hasWarnings()) throw new Stop("the API documentation is not right");
}
