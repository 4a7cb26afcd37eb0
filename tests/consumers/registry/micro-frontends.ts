// Pages that load others' scripts at run time.
import type { Command, Consumer } from "../consumer.ts";
import { bundled } from "./bundle.ts";

const build: Command = ["webpack"];

export const MICRO_FRONTENDS: readonly Consumer[] = [
  bundled({
    name: "qiankun",
    shows: "A child in the sandbox of qiankun, which gives it another `window`.",
    app: "qiankun",
    tools: "qiankun",
    versions: ["qiankun"],
    build,
    page: { path: "/index.html" },
    policy: "evaluated scripts",
    isFast: true,
  }),
  bundled({
    name: "Module Federation",
    shows: "A host and a remote of webpack 5 that share one copy of the package.",
    app: "federation",
    tools: "webpack",
    versions: ["webpack"],
    build: ["webpack", "--mode", "production"],
    page: { path: "/index.html" },
  }),
];
