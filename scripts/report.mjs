// Runs a report: node scripts/report.mjs [NAME [argument …]]. Without a name, says which there are.
//
// A report is a file of `scripts/reports`. It exports
//   about    what it tells, in a few words
//   takes    the arguments that it takes, as text; none if left out
//   writes   the files that it writes, as text; "nothing" where it only prints
//   needs    the parts of the set-up that it needs
//   isBuilt  whether it needs the built package; false where it does not
//   run      what does it, given its arguments
import { basename } from "node:path";
import { filesIn } from "./lib/files.mjs";
import { isProgram, main, Stop } from "./lib/run.mjs";
import { prepare } from "./prepare.mjs";
import { setUp } from "./setup.mjs";

/**
 * All reports by name.
 *
 * @returns {Promise<Record<string, { about: string, takes?: string, writes: string, needs?: string[], isBuilt?: boolean, run: Function }>>}
 */
export async function findReports() {
  const files = filesIn("scripts/reports", ".mjs");
  const loaded = files.map(async (file) => [basename(file, ".mjs"), await import(`../${file}`)]);
  return Object.fromEntries(await Promise.all(loaded));
}

function list(reports) {
  console.log("npm run report -- NAME\n");
  for (const [name, { about, takes = "", writes }] of Object.entries(reports))
    console.log(`  ${`${name} ${takes}`.trim()}\n      ${about}\n      writes ${writes}\n`);
}

async function reportByName() {
  const [name, ...args] = process.argv.slice(2);
  // The reports import npm packages.
  setUp("node");
  const reports = await findReports();
  if (name === undefined) return list(reports);
  if (!Object.hasOwn(reports, name))
    throw new Stop(`there is no report "${name}"; there are ${Object.keys(reports).join(", ")}`);
  const { needs = [], isBuilt = true, takes, run } = reports[name];
  if (!takes && args.length > 0)
    throw new Stop(`the report ${name} takes no arguments, got ${args.join(" ")}`);
  if (isBuilt) prepare(...needs);
  else setUp(...needs);
  await run(args);
}

if (isProgram(import.meta.url)) await main(reportByName);
