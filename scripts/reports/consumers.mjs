// Runs every consumer of the packed package, or only those whose names hold one of some words.
import { run as runProgram } from "../lib/run.mjs";

export const about =
  "the package in bundlers, frameworks and runtimes; with words, those whose names hold one";
export const takes = "[WORD …]";
export const writes = "docs/consumers.md, after a run of all";
export const needs = ["chromium"];

export function run(words) {
  runProgram("node", ["--import", "tsx", "tests/consumers/main.ts", ...words]);
}
