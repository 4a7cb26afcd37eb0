// The table of docs/consumers.md: one row for each consumer, between two comments.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/lib/run.mjs";
import { tables } from "../../scripts/site/markdown.mjs";
import { render } from "../gateway/table.ts";
import type { Consumer, Outcome } from "./consumer.ts";

const FILE = join(root, "docs/consumers.md");
const BEGIN = "<!-- table: consumers -->\n\n";
const END = "\n\n<!-- end: consumers -->";
/** The command prints the rest. */
const REASON_LENGTH = 90;
const HEADER = ["Consumer", "What it shows", "Policy", "With", "Detaches"];

export function rowOf({ consumer, versions, state, reason }: Outcome): string[] {
  const cell = state === "ok" ? "yes" : `${state === "failed" ? "no" : "not run"}: ${inShort(reason)}`;
  return [...factsOf(consumer), versions.join(", "), cell];
}

/** The cells that are the same on every machine. */
export function factsOf({ name, shows, run }: Consumer): string[] {
  return [name, shows, run.kind === "page" ? run.policy : ""];
}

export function commit(rows: readonly string[][]): void {
  const text = readFileSync(FILE, "utf8");
  const { start, stop } = place(text);
  writeFileSync(FILE, text.slice(0, start) + render(HEADER, rows) + text.slice(stop));
}

/** The rows as they are committed, without the header. */
export function committedRows(): string[][] {
  const text = readFileSync(FILE, "utf8");
  const { start, stop } = place(text);
  return tables(text.slice(start, stop))[0]?.rows ?? [];
}

function place(text: string): { start: number; stop: number } {
  const [start, stop] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  if (start < BEGIN.length || stop < 0) throw new Error("docs/consumers.md has no place for its table");
  return { start, stop };
}

/** The last error that is named, because it is the cause of those before; where none is, the first line. */
function inShort(reason: string): string {
  const named = reason.match(/\b\w*Error: .+$/gm)?.at(-1);
  const line = (named ?? reason.split("\n")[0] ?? "").replace(/[\s:]+$/, "").replaceAll("|", "\\|");
  return line.length > REASON_LENGTH ? `${line.slice(0, REASON_LENGTH - 1)}…` : line;
}
