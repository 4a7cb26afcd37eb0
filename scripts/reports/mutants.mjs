// What the tests would not notice: cargo-mutants changes the core in one place at a time, and runs the suite `core`.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, Stop } from "../lib/run.mjs";
import { findTool } from "../lib/toolchain.mjs";

export const about =
  "which changes of the core no test notices; -- mutants FILE … looks at some files (hours for all)";
export const writes = "docs/mutants.md; target/mutants";
export const needs = ["cargo-mutants"];
export const isBuilt = false;

const REASONS = "tests/mutants.json";
const folder = join(root, "target/mutants");
const RESULTS = {
  CaughtMutant: "caught",
  MissedMutant: "missed",
  Timeout: "timed out",
  Unviable: "not compiled",
};

export function run(files) {
  const found = mutants(files);
  const { entries, complaints } = explained(found, JSON.parse(readFileSync(join(root, REASONS), "utf8")));
  const text = page(found, entries, files.length === 0);
  console.log(`\n${text}`);
  writeFileSync(join(root, "docs/mutants.md"), text);
  if (files.length === 0 && complaints.length > 0) throw new Stop(complaints.join("\n"));
}

/** Each change, where it was made and what came of it. */
function mutants(files) {
  const options = "--no-default-features --no-shuffle --colors=never --cap-lints=true".split(" ");
  const only = (files.length ? files : ["src/core/**/*.rs"]).flatMap((file) => ["--file", file]);
  const outcomes = join(folder, "mutants.out/outcomes.json");
  rmSync(outcomes, { force: true });
  mkdirSync(folder, { recursive: true });
  // It ends badly where a change was not noticed; its file tells more.
  const args = ["mutants", ...options, ...only, "--output", folder];
  spawnSync(findTool("cargo-mutants"), args, { cwd: root, stdio: "inherit" });
  if (!existsSync(outcomes)) throw new Stop("cargo-mutants did not come to an end");
  return JSON.parse(readFileSync(outcomes, "utf8")).outcomes.flatMap(({ scenario, summary }) => {
    if (!scenario.Mutant) {
      if (summary !== "Success") throw new Stop("the suite core fails without any change");
      return [];
    }
    const { file, name } = scenario.Mutant;
    // Without line and column: other changes move them.
    return [{ file, change: name.replace(/^[^ ]+ /, ""), result: RESULTS[summary] ?? summary }];
  });
}

/** The survivors with the reason that a person has written down for each, and what is wrong with these reasons. */
export function explained(found, reasons) {
  const missed = found.filter(({ result }) => result === "missed");
  const keyOf = ({ file, change }) => `${file}: ${change}`;
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
  return `| ${[name, found.length, ...counts, share].join(" | ")} |`;
}

function rowsByFile(found) {
  const files = [...new Set(found.map(({ file }) => file))];
  return files
    .map((file) =>
      row(
        `\`${file}\``,
        found.filter((one) => one.file === file),
      ),
    )
    .join("\n");
}

/** What a run has found, of all files of the core or of some. */
export const page = (found, entries, isAll) => `# What the tests notice

[cargo-mutants](https://mutants.rs) changes the core in one place at a time (another operator, another result) and runs the
suite \`core\`. A change that no test notices is missed. Written by \`npm run report -- mutants\`${isAll ? "" : ", for the files below: the last run did not look at the others"}.

| File | Changes | ${Object.values(RESULTS).join(" | ")} | Noticed |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rowsByFile(found)}
${row("all", found)}

A change that times out is noticed: the tests do not end. What does not compile is no change.

## What was missed, and why

${entries.map(({ key, reason }) => `- \`${key}\`: ${reason}`).join("\n") || "Nothing."}
`;
