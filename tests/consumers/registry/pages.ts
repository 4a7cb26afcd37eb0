// Pages without any tool.
import type { Consumer, Page } from "../consumer.ts";
import { CHOICE } from "./bundle.ts";

const plain = (name: string, shows: string, path: string, policy: Page["policy"] = "strict"): Consumer => ({
  name,
  shows,
  app: "plain",
  versions: ["Chromium"],
  run: { kind: "page", from: "..", path: `/plain/${path}`, policy },
  isFast: true,
});

export const PAGES: readonly Consumer[] = [
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
];
