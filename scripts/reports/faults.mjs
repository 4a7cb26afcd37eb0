// The tables of docs/faults.md come from the tests that check them.
import { run as runProgram } from "../lib/run.mjs";

export const about = "what callers learn of each fault, direct and through nginx";
export const writes = "the tables of docs/faults.md";
export const needs = ["nginx"];

export function run() {
  // With CI set, a missing nginx is a failure: half of the tables would stay as they are.
  const env = { ...process.env, CI: "1", FAULTS: "write" };
  runProgram("node", ["--import", "tsx", "--test", "tests/gateway/table.test.ts"], { env });
}
