// Secrets that have got into files, as secretlint knows them.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { npmBin, root, Stop } from "./run.mjs";

const RULES = ["--secretlintrc", join(root, ".secretlintrc.json")];
const IGNORED = ["--secretlintignore", join(root, ".gitignore")];

/** What looks like a secret in the files of a folder, in sentences that do not repeat it; none where all is right. */
export function secretComplaints(folder = root) {
  const args = [...RULES, ...(folder === root ? IGNORED : []), "--format", "compact", "**/*", "**/.*"];
  const { status, stdout, stderr } = spawnSync(npmBin("secretlint"), args, { cwd: folder, encoding: "utf8" });
  if (status === 0) return [];
  const found = stdout.split("\n").filter((line) => line.includes(": line "));
  if (found.length === 0) throw new Stop(`secretlint could not look:\n${stdout}${stderr}`);
  return found.map((line) => line.replace(`${folder}/`, ""));
}
