// Runs the whole matrix, or the consumers whose names hold a word, and writes the table of docs/consumers.md.
import { closeBrowser } from "./browser.ts";
import type { Consumer, Outcome } from "./consumer.ts";
import { runConsumer } from "./driver.ts";
import { CONSUMERS, MAY_BE_MISSING } from "./registry.ts";
import { commit, rowOf } from "./table.ts";

// So that what has been started ends too.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

const words = process.argv.slice(2).map((word) => word.toLowerCase());
const wanted = CONSUMERS.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word)),
);

const outcomes: Outcome[] = [];
for (const consumer of wanted) {
  const outcome = await runConsumer(consumer);
  outcomes.push(outcome);
  print(outcome);
}
await closeBrowser();

const isExcused = ({ name }: Consumer) => !process.env.CI || name in MAY_BE_MISSING;
const isBad = ({ state, consumer }: Outcome) =>
  state === "failed" || (state === "missing" && !isExcused(consumer));
for (const { consumer, reason } of outcomes.filter(({ state }) => state !== "ok")) {
  console.log(`\n--- ${consumer.name}\n${reason}`);
}
const good = outcomes.filter(({ state }) => state === "ok").length;
console.log(`\n${good} of ${outcomes.length} consumers detach their disk`);
if (words.length === 0) commit(outcomes.map(rowOf));
if (wanted.length === 0 || outcomes.some(isBad)) process.exitCode = 1;

function print({ consumer, versions, state, durationMs }: Outcome): void {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`.padStart(8);
  console.log(consumer.name.padEnd(34), versions.join(", ").padEnd(66), state.padEnd(8), seconds);
}
