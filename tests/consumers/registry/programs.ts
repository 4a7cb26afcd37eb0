// Runtimes and the runners of tests.
import type { Consumer } from "../consumer.ts";

const node = (name: string, shows: string, file: string): Consumer => ({
  name,
  shows,
  app: "node",
  versions: ["Node"],
  run: { kind: "program", command: ["node", file] },
  isFast: true,
});

const jest27 = {
  app: "jest-27",
  tools: "jest-27",
  versions: ["jest", "whatwg-fetch"],
  isFast: true,
} as const;

export const RUNTIMES: readonly Consumer[] = [
  node("Node, import", "An ES module.", "import.mjs"),
  node("Node, import that waits", "The same with `detachVolumeAndWait`.", "waits.mjs"),
  node("Node, require", "A CommonJS script.", "require.cjs"),
  node(
    "Server-side import",
    "Imported where nothing of a browser is there; the import looks for none of it.",
    "ssr.mjs",
  ),
  {
    name: "Deno",
    shows: "With leave for the network and the environment only.",
    app: "node",
    tools: "deno",
    versions: ["deno"],
    run: { kind: "program", command: ["deno", "run", "--allow-net", "--allow-env", "import.mjs"] },
  },
  {
    name: "Bun",
    shows: "An ES module.",
    app: "node",
    tools: "bun",
    versions: ["bun"],
    run: { kind: "program", command: ["bun", "run", "import.mjs"] },
  },
  {
    name: "workerd",
    shows: "The condition `workerd`, by `wrangler dev`: the module is compiled at deployment.",
    app: "workerd",
    tools: "wrangler",
    versions: ["wrangler", "workerd"],
    run: {
      kind: "service",
      command: [
        "wrangler",
        "dev",
        "index.js",
        "--compatibility-date",
        "2026-01-01",
        "--ip",
        "127.0.0.1",
        "--port",
        "0",
      ],
      path: "/",
    },
  },
];

export const TEST_RUNNERS: readonly Consumer[] = [
  {
    name: "Vitest, node",
    shows: "A unit test.",
    app: "vitest",
    tools: "vitest",
    versions: ["vitest"],
    run: { kind: "program", command: ["vitest", "run"] },
  },
  {
    name: "Vitest, jsdom",
    shows: "A unit test with a simulated page.",
    app: "vitest",
    tools: "vitest",
    versions: ["vitest", "jsdom"],
    run: { kind: "program", command: ["vitest", "run", "--environment", "jsdom"] },
  },
  {
    name: "Jest, node",
    shows: "A unit test, in CommonJS.",
    app: "jest",
    tools: "jest",
    versions: ["jest"],
    run: { kind: "program", command: ["jest", "node.test.js"] },
  },
  {
    name: "Jest, jsdom",
    shows: "A unit test with a simulated page, in CommonJS; its `fetch` is `whatwg-fetch`.",
    app: "jest",
    tools: "jest",
    versions: ["jest", "jest-environment-jsdom", "whatwg-fetch"],
    run: { kind: "program", command: ["jest", "jsdom.test.js"] },
  },
  {
    name: "Jest 27",
    shows: "The one of create-react-app 5, with a simulated page.",
    ...jest27,
    run: { kind: "program", command: ["jest", "main.test.js"] },
  },
  {
    name: "Jest 27, subpaths",
    shows: "Every subpath, although it does not read `exports`.",
    ...jest27,
    run: { kind: "program", command: ["jest", "subpaths.test.js"] },
  },
  {
    name: "Karma",
    shows: "A unit test in a browser.",
    app: "karma",
    tools: "karma",
    versions: ["karma", "karma-webpack", "Chromium"],
    run: { kind: "program", command: ["karma", "start", "karma.conf.cjs"] },
    isFast: true,
  },
];
