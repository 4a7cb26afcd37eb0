// Bundlers.
import type { Command, Consumer } from "../consumer.ts";
import { bundled, CHOICE } from "./bundle.ts";

/** The tools that this project has anyway. */
const own = ({ tools: _, ...consumer }: Consumer): Consumer => ({ ...consumer, isFast: true });

const chooses = { shows: CHOICE, app: "auto", policy: "no WebAssembly" } as const;
const WORKER = "A module worker that the bundler finds by `new URL`.";
const SCRIPT = { src: "dist/main.js", isModule: false };
const MODULE = { src: "dist/index.js", isModule: true };

const webpack = {
  tools: "webpack",
  versions: ["webpack"],
  build: ["webpack", "--mode", "production"] as Command,
};
/** It knows neither `exports` nor the newest syntax. */
const webpack4 = { ...webpack, tools: "webpack-4", isFast: true } as const;
const rspack = { tools: "rspack", versions: ["@rspack/core"], build: ["rspack", "build"] as Command };
const parcel = {
  tools: "parcel",
  versions: ["parcel"],
  build: ["parcel", "build", "index.html", "--no-cache", "--dist-dir", "dist"] as Command,
  page: { from: "dist" },
};
const vite = { tools: "none", versions: ["vite"], build: ["vite", "build"] as Command };

export const BUNDLERS: readonly Consumer[] = [
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
  bundled({ name: "webpack 4", ...webpack4, page: { script: SCRIPT } }),
  bundled({ name: "webpack 4 that chooses", ...chooses, ...webpack4, page: { script: SCRIPT } }),
  bundled({ name: "Rspack", ...rspack, page: { script: SCRIPT } }),
  bundled({ name: "Rspack, worker", shows: WORKER, app: "worker", ...rspack, page: { script: SCRIPT } }),
  bundled({
    name: "Rsbuild",
    tools: "rsbuild",
    versions: ["@rsbuild/core"],
    build: ["rsbuild", "build"],
    page: { from: "dist" },
    isFast: true,
  }),
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
  bundled({ name: "Parcel", ...parcel }),
  bundled({
    name: "Parcel, subpath",
    // It puts an import map into the page.
    shows: "The subpath `ecs-detach-volume/auto`, although it does not read `exports`.",
    app: "auto",
    policy: "inline scripts",
    ...parcel,
  }),
  {
    name: "Bun, bundle",
    shows: "Its bundler, for browsers.",
    app: "page",
    tools: "bun",
    versions: ["bun"],
    build: ["bun", "build", "src/index.js", "--outdir", "dist"],
    run: { kind: "page", script: MODULE, policy: "strict" },
  },
];
