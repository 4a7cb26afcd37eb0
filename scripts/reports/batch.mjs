// How soon one disk is done after its task, and how the cost of many disks grows: 10 to 10,000 of them behind a gateway
// that takes 200 requests a second. Prints the tables and writes them with a plot to docs/batch.md.
//
// Time is virtual, so the seconds are those of the service and the pace, not of this machine.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { lineChart } from "../lib/plot.mjs";
import { capture, root, Stop } from "../lib/run.mjs";
import { table } from "../lib/table.mjs";

export const about = "what it costs to detach 10 to 10,000 disks, in virtual time";
export const writes = "docs/batch.md and docs/batch.svg";

const HEAP_NOISE = 2 ** 20;
const SIZES = [10, 100, 1000, 10_000];
/** The most that a run may take: of the small one the time; of the large one, where the limit is what it waits for, all. */
const GOALS = {
  10: { timeToIdeal: 1.15 },
  10000: { timeToIdeal: 1.05, requestsPerDisk: 4.1, refusedShare: 0.01, heapPerDisk: 2048 },
};
/** Tasks of so many seconds are shown; after some, the most requests that they may take. */
const SHOWN = [1, 2, 3, 5, 10, 20, 30, 60, 120];
const MOST_REQUESTS = { 10: 11, 120: 20 };
/** How long a call may take on average, as a multiple of the task's own time. */
const MOST_TIME = 1.2;

/** What a program of tests/bench prints: one record a line. */
function measure(program, ...args) {
  const output = capture("node", ["--expose-gc", "--import", "tsx", `tests/bench/${program}`, ...args]);
  if (output === null) throw new Stop(`${[program, ...args].join(" ")} failed`);
  return output.split("\n").map((line) => JSON.parse(line));
}

const number = (value, digits = 0) =>
  value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

const COLUMNS = {
  Disks: ({ disks }) => number(disks),
  Servers: ({ servers }) => number(servers),
  "Requests per disk": ({ requests, disks }) => number(requests / disks, 2),
  "of them polls": ({ polls, disks }) => number(polls / disks, 2),
  "Refused (429)": ({ refused, requests }) => `${number((refused / requests) * 100, 2)} %`,
  "Time, s": ({ elapsedMs }) => number(elapsedMs / 1000),
  "the limit alone, s": ({ limitMs }) => number(limitMs / 1000),
  "times the ideal": (row) => number(timeToIdeal(row), 2),
  "Heap per disk, B": ({ heapPerDisk }) => (heapPerDisk === undefined ? "–" : number(heapPerDisk)),
  "Module memory, KiB": ({ moduleMemory }) => number(moduleMemory / 1024),
};

const tableOf = (columns, rows) =>
  table(
    Object.keys(columns),
    rows.map((row) => Object.values(columns).map((show) => show(row))),
    () => true,
  );

const ONE = {
  "The task takes, s": ({ seconds }) => number(seconds),
  "the call, times that": ({ ratio }) => number(ratio, 2),
  "Requests, at most": ({ requests }) => number(requests),
};

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function checkOne(rows) {
  const time = mean(rows.map(({ ratio }) => ratio));
  if (time > MOST_TIME) throw new Stop(`one disk takes ${time} times its task, more than ${MOST_TIME}`);
  for (const { seconds, requests } of rows) {
    if (requests > (MOST_REQUESTS[seconds] ?? requests)) {
      throw new Stop(
        `a task of ${seconds} s takes ${requests} requests, more than ${MOST_REQUESTS[seconds]}`,
      );
    }
  }
}

/** The limit and the order of the disks of one server hold a batch up, whatever it does. */
const timeToIdeal = ({ elapsedMs, limitMs, oneServerMs }) => elapsedMs / Math.max(limitMs, oneServerMs);

function checkMany(row) {
  const { failed, attached, requests, refused, disks, heapPerDisk } = row;
  const figures = {
    timeToIdeal: timeToIdeal(row),
    requestsPerDisk: requests / disks,
    refusedShare: refused / requests,
    heapPerDisk,
  };
  if (failed || attached) throw new Stop(`${failed} disks failed, ${attached} are still attached`);
  for (const [name, most] of Object.entries(GOALS[disks] ?? {})) {
    if (figures[name] > most)
      throw new Stop(`${disks} disks: ${name} is ${figures[name]}, more than ${most}`);
  }
}

const page = (one, many) => `# What waiting costs

How soon a call is done after its task, in how many requests, and how close many calls come to their shared limit.
With default options; a reply takes 40 ms. Written by \`npm run bench:batch\`; time is virtual.

## One disk

\`detachVolumeAndWait\`, tasks of 1 to 120 s: ${number(mean(one.map(({ ratio }) => ratio)), 2)} times the task's own time on average.

${tableOf(
  ONE,
  one.filter(({ seconds }) => SHOWN.includes(seconds)),
)}

Three requests are not polls: the first read of the attachment, the DELETE, and the final read.

## Many disks

\`detachVolumes\`: data disks, ten on each of up to 1,000 servers, \`concurrency: 1000\`, behind a gateway that takes 200
requests per second and refuses the rest. A task takes 3 s.

${tableOf(COLUMNS, many)}

- "The limit alone" is the time in which 200 requests a second make that many requests. "The ideal" is that, or the time of
  the ten disks of one server, one after the other, with a task and three requests each: whichever is longer.
- A disk takes at least four requests: the first read of the attachment, the DELETE, a poll, and the final read.
- Heap per disk is the growth from the run before it, after garbage collection, measured once; it is left out where that
  is less than a mebibyte, which would be noise. It holds the results and the records
  that the simulated cloud keeps of its tasks.
- The module's memory holds what runs at the same time, not what has run.

![Time against number of disks](batch.svg)
`;

export function run() {
  const one = measure("polling.ts");
  console.log(
    `\n${tableOf(
      ONE,
      one.filter(({ seconds }) => SHOWN.includes(seconds)),
    )}\n`,
  );
  console.log(`1 to 120 s: ${number(mean(one.map(({ ratio }) => ratio)), 3)} times the task's own time\n`);
  const many = SIZES.flatMap((disks) => measure("batch.ts", String(disks)));
  for (const [index, row] of many.entries()) {
    const before = many[index - 1];
    const growth = before ? row.heapGrowth - before.heapGrowth : 0;
    // What else the heap holds comes and goes: less is noise.
    if (growth > HEAP_NOISE) row.heapPerDisk = growth / (row.disks - before.disks);
  }
  console.log(`${tableOf(COLUMNS, many)}\n`);
  checkOne(one);
  many.forEach(checkMany);
  const seconds = (name, key) => ({ name, points: many.map((row) => [row.disks, row[key] / 1000]) });
  const chart = lineChart({
    title: "Time to detach many disks",
    xLabel: "disks",
    yLabel: "seconds",
    lines: [seconds("detachVolumes", "elapsedMs"), seconds("the limit alone", "limitMs")],
  });
  writeFileSync(join(root, "docs/batch.svg"), chart);
  writeFileSync(join(root, "docs/batch.md"), page(one, many));
}
