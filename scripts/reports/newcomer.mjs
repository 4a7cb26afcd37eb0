// Walks the README's path, from an empty Vite project to a disk that is detached, in Chromium.
import { run as runProgram } from "../lib/run.mjs";

export const about = "whether the README's steps lead to a detached disk in an empty project";
export const writes = "nothing";
export const needs = ["chromium"];

export function run() {
  // With CI set, a missing Chromium is a failure.
  const env = { ...process.env, CI: "1" };
  runProgram("node", ["--import", "tsx", "--test", "tests/newcomer/newcomer.test.ts"], { env });
}
