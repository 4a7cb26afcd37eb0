// Every consumer of the matrix, in the order of its table.
import type { Consumer } from "./consumer.ts";
import { BUNDLERS } from "./registry/bundlers.ts";
import { FRAMEWORKS, META_FRAMEWORKS, WORKSHOPS } from "./registry/frameworks.ts";
import { MICRO_FRONTENDS } from "./registry/micro-frontends.ts";
import { PAGES } from "./registry/pages.ts";
import { RUNTIMES, TEST_RUNNERS } from "./registry/programs.ts";

export const KINDS: Readonly<Record<string, readonly Consumer[]>> = {
  pages: PAGES,
  bundlers: BUNDLERS,
  frameworks: FRAMEWORKS,
  "meta frameworks": META_FRAMEWORKS,
  "workshops of components": WORKSHOPS,
  "micro frontends": MICRO_FRONTENDS,
  runtimes: RUNTIMES,
  "runners of tests": TEST_RUNNERS,
};

export const CONSUMERS: readonly Consumer[] = Object.values(KINDS).flat();

/** What may be missing also where the environment variable `CI` is set: its name, and why. */
export const MAY_BE_MISSING: Readonly<Record<string, string>> = {};
