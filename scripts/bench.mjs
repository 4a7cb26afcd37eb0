// Compares the package with what else detaches disks: bytes, import to first request, cost of a call, in Chromium.
// Prints the tables and writes them with their plot to docs/benchmarks.md.
//
//   node scripts/bench.mjs [quick]      (quick: a few rounds, and nothing is written)
//
// The runs are taken in turns and medians are printed, because a busy machine slows all alike: read the ratios.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { openBench } from "../tests/bench/browser.mjs";
import * as report from "../tests/bench/report.mjs";
import { ways } from "../tests/bench/ways.mjs";
import { barChart } from "./lib/plot.mjs";
import { main, root, Stop } from "./lib/run.mjs";
import { findChromium } from "./lib/toolchain.mjs";
import { prepare } from "./prepare.mjs";

const ROUNDS = { full: { pages: 21, calls: 7 }, quick: { pages: 3, calls: 1 } };

async function makeBundles() {
  // It needs npm packages that setup has installed by now.
  const { bundle } = await import("../tests/bench/bundle.mjs");
  const bundles = {};
  for (const [name, { file = name, needsNode = false }] of Object.entries(ways)) {
    bundles[name] = await bundle(file, needsNode);
  }
  return bundles;
}

/** All must do what they are compared for. */
async function checkRequests(bench) {
  const requests = {};
  for (const [name, { title }] of Object.entries(ways)) {
    const { jobId, sent } = await bench.requestsOf(name);
    if (!jobId || sent.length !== 1) throw new Stop(`${title} sent ${sent.length} requests, not one`);
    requests[name] = JSON.stringify(sent[0]);
  }
  for (const [ours, byHand] of [
    ["ours", "fetch"],
    ["oursSigned", "webcrypto"],
  ]) {
    if (requests[ours] !== requests[byHand])
      throw new Stop(`not the same:\n${requests[ours]}\n${requests[byHand]}`);
  }
}

async function measure(rounds) {
  const executablePath = findChromium().browser;
  if (!executablePath) throw new Stop("the benchmark needs Chromium");
  const bundles = await makeBundles();
  const scripts = Object.fromEntries(
    Object.entries(ways).map(([name, { file = name }]) => [file, bundles[name].code]),
  );
  const bench = await openBench(scripts, executablePath);
  try {
    await checkRequests(bench);
    const runs = await bench.perCall(rounds.calls);
    const first = await bench.firstRequests(rounds.pages, 1);
    const firstSlow = await bench.firstRequests(rounds.pages, 4);
    return { chromium: bench.version, rows: report.rowsOf({ bundles, first, firstSlow, runs }) };
  } finally {
    await bench.close();
  }
}

function versions() {
  const { dependencies } = JSON.parse(readFileSync(join(root, "tests/bench/package.json"), "utf8"));
  const names = Object.values(ways).flatMap(({ packages = [] }) => packages);
  return names.map((name) => `\`${name}\` ${dependencies[name]}`).join(", ");
}

const page = ({ chromium, rows }, rounds) => `# Benchmarks

The package beside what else detaches a disk, in headless Chromium ${chromium} on ${availableParallelism()} processor cores. Written by
\`npm run bench\`, goals included. Times depend on the machine and on what else it does; ratios much less.

${report.goalTable(rows)}

![Sizes and times as bars](benchmarks.svg)

- The lengths of the bars are logarithmic.
- Hand-written: [by-hand.js](../tests/bench/by-hand.js) with a token,
  [by-hand-signed.js](../tests/bench/by-hand-signed.js) with an access key, whose imported key is kept.
- ${versions()}.
- What of Node Huawei's SDK needs is filled in by \`node-stdlib-browser\`. It sends by its \`fetch\` adapter: by its own
  choice, browsers leave out a header that it has signed.
- Azure has no call for one disk: \`attachDetachDataDisks\`, up to the first answer.
- \`fetch\` is a stand-in that answers at once, the same for all. Before anything is timed, it is made sure that each
  way sends one request, and that this package sends what the hand-written code does: method, address, headers and
  signature.

## What a page loads

One script for the one call, everything inside, by esbuild or Rolldown, whichever makes it smaller.

${report.sizeTable(rows)}

## From import to first request

In a fresh page each time, medians of ${rounds.pages}; the script comes from memory, so that no network counts.

${report.firstTable(rows)}

## One call

Each way in pages of its own beside the hand-written ones, in turns; medians of ${rounds.calls} pages with 2,000 calls each.

${report.callTable(rows)}
`;

await main(async () => {
  const name = process.argv[2] ?? "full";
  const rounds = ROUNDS[name];
  if (!rounds) throw new Stop(`the benchmark knows ${Object.keys(ROUNDS).join(", ")}; not "${name}"`);
  prepare("chromium", "peers");
  const measured = await measure(rounds);
  const text = page(measured, rounds);
  console.log(`\n${text}`);
  if (name !== "full") return;
  writeFileSync(join(root, "docs/benchmarks.svg"), barChart(report.chartOf(measured.rows)));
  writeFileSync(join(root, "docs/benchmarks.md"), text);
});
