// Compares the package with what else detaches disks: bytes, import to first request, cost of a call, in Chromium.
// Prints the tables and writes them with their plot to docs/benchmarks.md.
//
//   node scripts/bench.mjs [quick]      (quick: a few rounds, and nothing is written)
//
// Samples are taken in turns and medians are printed with their intervals: read the ratios.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { COUNTS, openBench } from "../tests/bench/browser.mjs";
import * as report from "../tests/bench/report.mjs";
import { ways } from "../tests/bench/ways.mjs";
import { barChart } from "./lib/plot.mjs";
import { main, root, Stop } from "./lib/run.mjs";
import { findChromium } from "./lib/toolchain.mjs";
import { prepare } from "./prepare.mjs";

const ROUNDS = { full: { pages: 25, calls: 15 }, quick: { pages: 6, calls: 6 } };

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
    ["preloaded", "fetch"],
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
    const [load] = loadavg();
    const runs = await bench.perCall(rounds.calls);
    const [first, firstSlow] = await bench.firstRequests(rounds.pages, [1, 4]);
    return { chromium: bench.version, load, pageBytes: pageBytes(), bundles, first, firstSlow, runs };
  } finally {
    await bench.close();
  }
}

const pageBytes = () => brotliCompressSync(readFileSync(join(root, "pkg/index.js"))).length;

function versions() {
  const { dependencies } = JSON.parse(readFileSync(join(root, "tests/bench/package.json"), "utf8"));
  const names = Object.values(ways).flatMap(({ packages = [] }) => packages);
  return names.map((name) => `\`${name}\` ${dependencies[name]}`).join(", ");
}

const page = (measured, rows, rounds) => `# Benchmarks

The package compared with other ways to detach a disk, in headless Chromium ${measured.chromium} on ${availableParallelism()} processor cores.
Written by \`npm run bench\`, goals included. When it began, the machine had a load of ${measured.load.toFixed(1)}.

${report.goalTable(rows, measured.pageBytes)}

What a figure must stay below is what this version reaches, and what a later one must keep. The aims are what was wanted: where
one is missed, the table says so.

Each figure is a median. In brackets: the 95 % confidence interval of the median. Times depend on the machine and on
what else it does; ratios depend on them much less. Samples are taken in turns, in random order within each round;
a ratio is that of samples from the same round, pair by pair. **Not significant**: the interval of the ratio includes 1,
so that chance alone may have made the difference. A limit is kept, and an aim reached, only if the whole interval is below it; "not certain"
means that more samples, or a quieter machine, would be needed to decide.

![Sizes and times as bars](benchmarks.svg)

- The lengths of the bars are logarithmic.
- Hand-written: [by-hand.js](../tests/bench/by-hand.js) with a token,
  [by-hand-signed.js](../tests/bench/by-hand-signed.js) with an access key, whose imported key is kept.
- ${versions()}.
- \`node-stdlib-browser\` provides the parts of Node that Huawei's SDK needs. It sends by its \`fetch\` adapter: by its own
  choice, browsers leave out a header that it has signed.
- Azure has no call for one disk: \`attachDetachDataDisks\`, up to the first reply.
- \`fetch\` is a stand-in that answers at once, the same for all. Before anything is timed, the benchmark checks that each
  way sends one request, and that this package sends what the hand-written code does: method, address, headers and
  signature.

## What a page loads

One script for the one call, everything inside, by esbuild or Rolldown, whichever makes it smaller.

${report.sizeTable(rows)}

## From import to first request

In a fresh page each time, ${rounds.pages} for each figure; the script comes from memory, so that no network counts. After
\`preload()\`: the page has imported the package and waited for \`preload()\` before the clock starts. Loaded before: the same
for the hand-written code, which has nothing to start.

${report.firstTable(rows)}

## One call

Each way in pages of its own beside what it is compared with, in turns; ${rounds.calls} pages for each figure, with
${(COUNTS.batches * COUNTS.calls).toLocaleString("en")} calls each after ${(COUNTS.warmUps * COUNTS.calls).toLocaleString("en")} that are not timed.

${report.callTable(rows)}

## Direct comparison

Figures above that look different may not be: these are ratios of samples from the same round.

${report.comparisonTable(measured)}
`;

await main(async () => {
  const [name = "full", ...rest] = process.argv.slice(2);
  const rounds = ROUNDS[name];
  if (!rounds || rest.length > 0)
    throw new Stop(
      `the benchmark knows ${Object.keys(ROUNDS).join(", ")}; not "${[name, ...rest].join(" ")}"`,
    );
  const [load] = loadavg();
  if (name === "full" && load > availableParallelism() / 2)
    throw new Stop(
      `the machine is busy (load ${load.toFixed(1)}): the figures would be noise; try again later, or -- quick`,
    );
  prepare("chromium", "peers");
  const measured = await measure(rounds);
  const rows = report.rowsOf(measured);
  const text = page(measured, rows, rounds);
  console.log(`\n${text}`);
  if (name !== "full") return;
  writeFileSync(join(root, "docs/benchmarks.svg"), barChart(report.chartOf(rows)));
  writeFileSync(join(root, "docs/benchmarks.md"), text);
});
