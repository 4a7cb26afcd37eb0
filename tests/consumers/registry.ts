// Every consumer of the matrix.
import type { Command, Consumer, Page } from "./consumer.ts";

const plain = (name: string, shows: string, path: string, policy: Page["policy"] = "strict"): Consumer => ({
  name,
  shows,
  app: "plain",
  versions: ["Chromium"],
  run: { kind: "page", from: "..", path: `/plain/${path}`, policy },
  isFast: true,
});

const node = (name: string, shows: string, file: string): Consumer => ({
  name,
  shows,
  app: "node",
  versions: ["Node"],
  run: { kind: "program", command: ["node", file] },
  isFast: true,
});

interface Bundle {
  name: string;
  shows?: string;
  /** Default "page". */
  app?: "page" | "worker" | "auto";
  tools: string;
  versions: string[];
  build: Command;
  page: Omit<Page, "kind" | "policy">;
  /** Default "strict". */
  policy?: Page["policy"];
}

const bundled = ({
  shows = "The package by its name, in a bundle for production.",
  app = "page",
  page,
  policy = "strict",
  ...rest
}: Bundle): Consumer => ({
  ...rest,
  shows,
  app,
  run: { kind: "page", policy, ...page },
});

/** The tools that this project has anyway. */
const own = ({ tools: _, ...consumer }: Consumer): Consumer => ({ ...consumer, isFast: true });

const CHOICE = "The subpath `ecs-detach-volume/auto`, where the policy forbids WebAssembly.";
const chooses = { shows: CHOICE, app: "auto", policy: "no WebAssembly" } as const;
const WORKER = "A module worker that the bundler finds by `new URL`.";
const SCRIPT = { src: "dist/main.js", isModule: false };
const MODULE = { src: "dist/index.js", isModule: true };

const webpack = {
  tools: "webpack",
  versions: ["webpack"],
  build: ["webpack", "--mode", "production"] as Command,
};
const rspack = { tools: "rspack", versions: ["@rspack/core"], build: ["rspack", "build"] as Command };
const vite = { tools: "none", versions: ["vite"], build: ["vite", "build"] as Command };
const next = { app: "next", tools: "next", versions: ["next"], build: ["next", "build"] as Command };
const nextStart: Command = ["next", "start", "--port", "0", "--hostname", "127.0.0.1"];

export const CONSUMERS: readonly Consumer[] = [
  plain("Module script", "A page without any tool imports the file.", "index.html"),
  plain("Module script that waits", "The same with `detachVolumeAndWait`.", "waits.html"),
  plain("Import map", "A page without any tool imports the package by its name.", "mapped.html", "none"),
  plain(
    "Module script without WebAssembly",
    "The subpath `ecs-detach-volume/asm`, where the policy forbids WebAssembly.",
    "asm.html",
    "no WebAssembly",
  ),
  plain("Module script that chooses", CHOICE, "auto.html", "no WebAssembly"),
  plain("Module worker", "A worker without any tool.", "worker.html"),
  plain("Service worker", "A service worker of type module, without any tool.", "service-worker.html"),
  own({
    name: "Vite, dev",
    shows: "The server for development, and what it makes of dependencies.",
    app: "page",
    versions: ["vite"],
    run: { kind: "page", from: ["vite", "--host", "127.0.0.1", "--port", "0"], policy: "strict" },
  }),
  own(bundled({ name: "Vite, build", ...vite, page: { from: "dist" } })),
  own(bundled({ name: "Vite, build that chooses", ...chooses, ...vite, page: { from: "dist" } })),
  own(bundled({ name: "Vite, worker", shows: WORKER, app: "worker", ...vite, page: { from: "dist" } })),
  own(
    bundled({
      name: "esbuild, esm",
      tools: "none",
      versions: ["esbuild"],
      build: ["esbuild", "src/index.js", "--bundle", "--format=esm", "--outfile=esm/index.js"],
      page: { script: { src: "esm/index.js", isModule: true } },
    }),
  ),
  own(
    bundled({
      name: "esbuild, iife",
      shows: "One classic script.",
      tools: "none",
      versions: ["esbuild"],
      build: ["esbuild", "src/index.js", "--bundle", "--outfile=iife/index.js"],
      page: { script: { src: "iife/index.js", isModule: false } },
    }),
  ),
  bundled({ name: "webpack", ...webpack, page: { script: SCRIPT } }),
  bundled({ name: "webpack that chooses", ...chooses, ...webpack, page: { script: SCRIPT } }),
  bundled({ name: "webpack, worker", shows: WORKER, app: "worker", ...webpack, page: { script: SCRIPT } }),
  bundled({ name: "Rspack", ...rspack, page: { script: SCRIPT } }),
  bundled({ name: "Rspack, worker", shows: WORKER, app: "worker", ...rspack, page: { script: SCRIPT } }),
  bundled({
    name: "Rollup",
    shows: "With `@rollup/plugin-node-resolve`, without which it knows no npm packages.",
    tools: "rollup",
    versions: ["rollup"],
    build: ["rollup", "src/index.js", "--dir", "dist", "--plugin", "node-resolve"],
    page: { script: MODULE },
  }),
  bundled({
    name: "Rolldown",
    tools: "rolldown",
    versions: ["rolldown"],
    build: ["rolldown", "src/index.js", "--dir", "dist"],
    page: { script: MODULE },
  }),
  bundled({
    name: "Parcel",
    tools: "parcel",
    versions: ["parcel"],
    build: ["parcel", "build", "index.html", "--no-cache", "--dist-dir", "dist"],
    page: { from: "dist" },
  }),
  {
    name: "Next.js, client component",
    shows: "Rendered on the server first, where the import does nothing.",
    ...next,
    run: { kind: "page", from: nextStart, path: "/client", policy: "inline scripts" },
  },
  {
    name: "Next.js, server component",
    shows: "Called while the page is rendered.",
    ...next,
    run: { kind: "service", command: nextStart, path: "/server" },
  },
  {
    name: "Next.js, route",
    shows: "A route handler in Node.",
    ...next,
    run: { kind: "service", command: nextStart, path: "/api/node" },
  },
  {
    name: "Next.js, edge route",
    shows: "The condition `edge-light`: the module is compiled at deployment.",
    ...next,
    run: { kind: "service", command: nextStart, path: "/api/edge" },
  },
  node("Node, import", "An ES module.", "import.mjs"),
  node("Node, import that waits", "The same with `detachVolumeAndWait`.", "waits.mjs"),
  node("Node, require", "A CommonJS script.", "require.cjs"),
  node(
    "Server-side import",
    "Imported where nothing of a browser is there; the import looks for none of it.",
    "ssr.mjs",
  ),
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
    name: "Bun, bundle",
    shows: "Its bundler, for browsers.",
    app: "page",
    tools: "bun",
    versions: ["bun"],
    build: ["bun", "build", "src/index.js", "--outdir", "dist"],
    run: { kind: "page", script: MODULE, policy: "strict" },
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

/** What may be missing also where the environment variable `CI` is set: its name, and why. */
export const MAY_BE_MISSING: Readonly<Record<string, string>> = {};
