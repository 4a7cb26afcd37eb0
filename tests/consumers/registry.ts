// Every consumer of the matrix, in the order of its table.
import type { Consumer } from "./consumer.ts";
import { BUNDLERS } from "./registry/bundlers.ts";
import { FRAMEWORKS } from "./registry/frameworks.ts";
import { MICRO_FRONTENDS } from "./registry/micro-frontends.ts";
import { PAGES } from "./registry/pages.ts";
import { PROGRAMS } from "./registry/programs.ts";

export const CONSUMERS: readonly Consumer[] = [
  ...PAGES,
  ...BUNDLERS,
  ...FRAMEWORKS,
  ...MICRO_FRONTENDS,
  ...PROGRAMS,
];

/** What may be missing also where the environment variable `CI` is set: its name, and why. */
export const MAY_BE_MISSING: Readonly<Record<string, string>> = {};
