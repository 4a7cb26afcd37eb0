// The API documentation, from the comments in src/web/types.d.ts. A warning is a failure: a link that leads nowhere, a
// type that is used and not exported, something without a word on it.
import { join } from "node:path";
import { root, Stop } from "../lib/run.mjs";

const compilers = new URL("../../tests/types/compilers/node_modules/", import.meta.url);

const OPTIONS = {
  entryPoints: ["src/web/types.d.ts", "pkg/loader/messages/types.d.ts", "pkg/loader/testing/types.d.ts"],
  name: "ecs-detach-volume",
  // typedoc brings a compiler of its own, older than the project's.
  tsconfig: "tests/types/api.tsconfig.json",
  validation: { invalidLink: true, notExported: true, notDocumented: true, invalidPath: true },
  requiredToBeDocumented: ["Function", "TypeAlias"],
  excludeExternals: true,
  disableSources: true,
  logLevel: "Warn",
};

/** Pages that stand by themselves. */
export const writeHtml = (folder) =>
  write({ readme: "pkg/README.md" }, [{ name: "html", path: join(root, folder) }]);

/** Markdown, for a site that has its own menus: one file for each function and type. */
export const writeMarkdown = (folder) =>
  write(
    {
      readme: "none",
      plugin: [new URL("typedoc-plugin-markdown/dist/index.js", compilers).href],
      hideBreadcrumbs: true,
      hidePageHeader: true,
      pageTitleTemplates: { index: "API", module: ({ name }) => name, member: ({ name }) => name },
      parametersFormat: "table",
      useCodeBlocks: true,
      entryFileName: "index",
      groupOrder: ["Functions", "*"],
    },
    [{ name: "markdown", path: join(root, folder) }],
  );

async function write(options, outputs) {
  // typedoc takes all paths from here.
  process.chdir(root);
  const { Application } = await import(new URL("typedoc/dist/index.js", compilers).href);
  const app = await Application.bootstrapWithPlugins({ ...OPTIONS, ...options, outputs });
  const project = await app.convert();
  if (project) app.validate(project);
  refuseWarnings(app);
  await app.generateOutputs(project);
  refuseWarnings(app);
}

function refuseWarnings({ logger }) {
  if (logger.hasErrors() || logger.hasWarnings()) throw new Stop("the API documentation is not right");
}
