// The tables of docs/faults.md: one row for each fault, between two comments.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./outcome.ts";

/** The rest of a message varies more than it tells. */
const MESSAGE_LENGTH = 90;
const FILE = fileURLToPath(new URL("../../docs/faults.md", import.meta.url));
export const CALL_HEADER = [
  "Fault",
  "Sent",
  "Arrived",
  "Started",
  "`kind`",
  "`status`",
  "`errorCode`",
  "`mayHaveStarted`",
  "`message`",
];

/** A row holds nothing that differs from one run or machine to the next. */
export function row(fault: string, outcome: Outcome): string[] {
  const { sent, reached, hasStarted, kind, status, errorCode, mayHaveStarted, message } = outcome;
  const started = hasStarted ? "yes" : "no";
  if (kind === null) return [fault, `${sent}`, `${reached}`, started, "accepted", "", "", "", ""];
  const cells = [kind, status, errorCode, mayHaveStarted, shortened(message)];
  return [
    fault,
    `${sent}`,
    `${reached}`,
    started,
    ...cells.map((cell) => (cell === null ? "" : `\`${cell}\``)),
  ];
}

export function render(header: string[], rows: readonly string[][]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const rule = widths.map((width) => "-".repeat(width));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [header, rule, ...rows].map(line).join("\n");
}

/** The table as it is committed. */
export function committed(name: string): string {
  return parts(name).table;
}

export function commit(name: string, table: string): void {
  const { before, after } = parts(name);
  writeFileSync(FILE, before + table + after);
}

function parts(name: string): { before: string; table: string; after: string } {
  const text = readFileSync(FILE, "utf8");
  const [begin, end] = [`<!-- table: ${name} -->\n\n`, `\n\n<!-- end: ${name} -->`];
  const start = text.indexOf(begin) + begin.length;
  const stop = text.indexOf(end);
  if (start < begin.length || stop < start)
    throw new Error(`docs/faults.md has no place for the table ${name}`);
  return { before: text.slice(0, start), table: text.slice(start, stop), after: text.slice(stop) };
}

function shortened(message: string): string {
  const text = message.replaceAll("|", "\\|");
  return text.length > MESSAGE_LENGTH ? `${text.slice(0, MESSAGE_LENGTH).trimEnd()}…` : text;
}
