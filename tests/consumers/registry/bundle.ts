// What consumers have in common that are bundled for a page.
import type { Consumer, Page } from "../consumer.ts";

export const CHOICE = "The subpath `ecs-detach-volume/auto`, where the policy forbids WebAssembly.";

interface Bundle extends Omit<Consumer, "shows" | "app" | "run"> {
  shows?: string;
  /** Default "page". */
  app?: string;
  page: Omit<Page, "kind" | "policy">;
  /** Default "strict". */
  policy?: Page["policy"];
}

export const bundled = ({
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
