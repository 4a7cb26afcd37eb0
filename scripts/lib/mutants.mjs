// cargo-mutants changes the core in one place at a time and runs tests. What they notice is kept, so that a run of hours can
// be broken off and taken up again.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capture, root, Stop } from "./run.mjs";
import { findTool } from "./toolchain.mjs";

const folder = join(root, "target/mutants");
const outcomes = join(folder, "mutants.out/outcomes.json");
const store = join(folder, "results.json");

export const RESULTS = {
  CaughtMutant: "caught",
  MissedMutant: "missed",
  Timeout: "timed out",
  Unviable: "not compiled",
};
const CRATE = "--no-default-features";

// The exploration takes longer than all other tests together: it is shown only what these have missed.
const BUT_EXPLORATION = ["--", "--", "--skip", "every_course_of_a_call"];
const EXPLORATION = ["--timeout=900", "--", "--test=exploration"];

/**
 * The changes that can be made in these files, and what came of each. The exploration is not shown those that a person has
 * found to make no difference: `isExplained`.
 */
export function mutants(files, isExplained) {
  const only = files.flatMap((file) => ["--file", file]);
  const list = ["mutants", CRATE, "--list", "--json", ...only];
  const changes = JSON.parse(capture(findTool("cargo-mutants"), list, { maxBuffer: 2 ** 28 }));
  const record = new Record();
  record.absorb();
  const isOpen = ({ name }) => !["caught", "timed out", "not compiled"].includes(record.result(name));
  const look = (left, tests) => {
    if (left.length === 0) return;
    record.begin(changes);
    judge(left, tests);
    record.absorb();
  };
  look(changes.filter(isOpen), BUT_EXPLORATION);
  look(
    changes.filter((change) => isOpen(change) && !isExplained(named(change))),
    EXPLORATION,
  );
  return changes.map((change) => ({ ...named(change), result: record.result(change.name) }));
}

/** Without line and column: other changes move them. */
const named = ({ file, name }) => ({ file, change: name.replace(/^[^ ]+ /, "") });

function judge(changes, tests) {
  const args = [CRATE, "--jobs=2", "--no-shuffle", "--colors=never", "--cap-lints=true", "--output", folder];
  // The files as well: what leaves a field out is not looked for by its name.
  const files = [...new Set(changes.map(({ file }) => `--file=${file}`))];
  const only = changes.flatMap(({ name }) => ["--re", `^${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`]);
  // It ends badly where a change was not noticed; its file tells more.
  spawnSync(findTool("cargo-mutants"), ["mutants", ...args, ...files, ...only, ...tests], {
    cwd: root,
    stdio: "inherit",
    // Nobody reads it, and it takes as long as all else of a build.
    env: { ...process.env, CARGO_PROFILE_DEV_DEBUG: "0", CARGO_PROFILE_TEST_DEBUG: "0" },
  });
  if (!existsSync(outcomes)) throw new Stop("cargo-mutants did not begin");
}

/** What came of the changes of files that have not changed since. Tests are expected to be added, not to go. */
class Record {
  constructor() {
    mkdirSync(folder, { recursive: true });
    const kept = existsSync(store) ? JSON.parse(readFileSync(store, "utf8")) : {};
    /** Of each file that the last run looked at. */
    this.digests = kept.digests ?? {};
    this.results = kept.results ?? {};
  }

  /** Begins a run: what it finds is about the files as they are now. */
  begin(changes) {
    rmSync(outcomes, { force: true });
    this.digests = Object.fromEntries(changes.map(({ file }) => [file, digest(file)]));
    this.keep();
  }

  /** Takes in what the last run has found, also where it was broken off. */
  absorb() {
    if (!existsSync(outcomes)) return;
    for (const { scenario, summary } of JSON.parse(readFileSync(outcomes, "utf8")).outcomes) {
      const { file, name } = scenario.Mutant ?? {};
      if (name) this.results[`${this.digests[file]} ${name}`] = RESULTS[summary] ?? summary;
      else if (summary !== "Success") throw new Stop("the tests fail without any change");
    }
    this.keep();
  }

  result(name) {
    return this.results[`${digest(name.slice(0, name.indexOf(":")))} ${name}`];
  }

  keep() {
    writeFileSync(store, JSON.stringify({ digests: this.digests, results: this.results }));
  }
}

const digests = new Map();

/** A hash of a file, as it was when it was first asked for. */
function digest(file) {
  if (!digests.has(file))
    digests.set(
      file,
      createHash("sha256")
        .update(readFileSync(join(root, file)))
        .digest("hex")
        .slice(0, 16),
    );
  return digests.get(file);
}
