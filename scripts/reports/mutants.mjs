// What the tests would not notice: cargo-mutants changes the core in one place at a time, and runs the suite `core`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mutants, RESULTS } from "../lib/mutants.mjs";
import { root, Stop } from "../lib/run.mjs";
import { table } from "../lib/table.mjs";

export const about =
  "which changes of the core, or of some of its files, no test notices; an hour or two for all";
export const takes = "[FILE …]";
export const writes = "docs/mutants.md; target/mutants";
export const needs = ["cargo-mutants"];
export const isBuilt = false;

const REASONS = "tests/mutants.json";

export function run(files) {
  const reasons = JSON.parse(readFileSync(join(root, REASONS), "utf8"));
  const found = mutants(
    files.length > 0 ? files : ["src/core/**/*.rs"],
    (change) => keyOf(change) in reasons,
  );
  const { entries, complaints } = explained(found, reasons);
  const text = page(found, entries);
  console.log(`\n${text}`);
  // The page is about the whole core.
  if (files.length > 0) return;
  writeFileSync(join(root, "docs/mutants.md"), text);
  if (complaints.length > 0) throw new Stop(complaints.join("\n"));
}

const keyOf = ({ file, change }) => `${file}: ${change}`;

/** The survivors with the reason that a person has written down for each, and what is wrong with these reasons. */
export function explained(found, reasons) {
  const missed = found.filter(({ result }) => result === "missed");
  const keys = new Set(missed.map(keyOf));
  const entries = [...keys].map((key) => ({ key, reason: reasons[key] ?? "not looked at yet" }));
  const complaints = [
    ...[...keys].filter((key) => !(key in reasons)).map((key) => `${REASONS} has no reason for "${key}"`),
    ...Object.keys(reasons)
      .filter((key) => !keys.has(key))
      .map((key) => `${REASONS} has a reason for "${key}", which does not survive`),
  ];
  return { entries, complaints };
}

function row(name, found) {
  const counts = Object.values(RESULTS).map(
    (wanted) => found.filter(({ result }) => result === wanted).length,
  );
  const [caught, missed, timedOut] = counts;
  const noticed = caught + timedOut;
  const share = noticed + missed ? `${((noticed / (noticed + missed)) * 100).toFixed(1)} %` : "–";
  return [name, found.length, ...counts, share];
}

function rowsByFile(found) {
  const files = [...new Set(found.map(({ file }) => file))];
  return files.map((file) =>
    row(
      `\`${file}\``,
      found.filter((one) => one.file === file),
    ),
  );
}

const page = (found, entries) => `# What the tests notice

[cargo-mutants](https://mutants.rs) changes the core in one place at a time (another operator, another result) and runs the
tests of the core. A change that no test notices is missed. Written by \`npm run report -- mutants\`, which keeps what was
noticed in files that have not changed since.

${table(["File", "Changes", ...Object.values(RESULTS), "Noticed"], [...rowsByFile(found), row("all", found)], (column) => column > 0)}

A change that times out is noticed: the tests do not end. What does not compile is not counted.

## What was missed, and why

${entries.map(({ key, reason }) => `- \`${key}\`: ${reason}`).join("\n") || "Nothing."}
`;
