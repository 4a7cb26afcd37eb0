// CONTRIBUTING.md names every command, report and suite, and the versions that the manifests ask for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findSuites } from "../../scripts/lib/suites.mjs";
import { LOWEST_RUST } from "../../scripts/lib/toolchain.mjs";
import { findReports } from "../../scripts/report.mjs";
import { quoted, read, tableRows } from "./documents.ts";

/** What stands in code marks at the beginning of the rows of the table that has this head. */
const firstColumn = (head: string) => tableRows("CONTRIBUTING.md", head).map(([name]) => quoted(name));

test("the table of commands has each of them, and each report", async () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const commands = Object.keys(scripts).filter((name) => !["report", "bench:batch", "size"].includes(name));
  const reports = Object.keys(await findReports()).map((name) => `npm run report -- ${name}`);
  const written = commands.map((name) => (/^(start|test)$/.test(name) ? `npm ${name}` : `npm run ${name}`));
  assert.deepEqual(firstColumn("Command").sort(), [...written, ...reports].sort());
});

test("the table of suites has each of them", () => {
  assert.deepEqual(firstColumn("Suite").sort(), Object.keys(findSuites()).sort());
});

test("the versions of Node and Rust are those of the manifests", () => {
  const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
  const [, node] = /^>=(\d+\.\d+)/.exec(engines.node) ?? [];
  assert.ok(
    read("CONTRIBUTING.md").includes(`You need Node ${node} or newer and Rust ${LOWEST_RUST} or newer.`),
  );
});
