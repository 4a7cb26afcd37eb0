// How the cost of many disks grows: 10 to 10,000 of them behind a gateway that takes 200 requests a second. Prints the
// table and writes it with its plot to docs/batch.md.
//
// Time is virtual, so the seconds are those of the service and the pace, not of this machine.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { lineChart } from "../lib/plot.mjs";
import { capture, root, Stop } from "../lib/run.mjs";

export const about = "what it costs to detach 10 to 10,000 disks, in virtual time";
export const writes = "docs/batch.md and docs/batch.svg";

const SIZES = [10, 100, 1000, 10_000];
const GOALS = { timeToIdeal: 1.3, requestsBesidesPolls: 4, refusedShare: 0.01, heapPerDisk: 2048 };

function measure(disks) {
  const output = capture("node", ["--expose-gc", "--import", "tsx", "tests/bench/batch.ts", String(disks)]);
  if (output === null) throw new Stop(`the run with ${disks} disks failed`);
  return JSON.parse(output);
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
  "the limit alone, s": ({ idealMs }) => number(idealMs / 1000),
  "Heap per disk, B": ({ heapPerDisk }) => (heapPerDisk === undefined ? "–" : number(heapPerDisk)),
  "Module memory, KiB": ({ moduleMemory }) => number(moduleMemory / 1024),
};

function table(rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const names = Object.keys(COLUMNS);
  const body = rows.map((row) => line(Object.values(COLUMNS).map((show) => show(row))));
  return [line(names), line(names.map(() => "---:")), ...body].join("\n");
}

/** The goals are for the largest run, where the limit is what it waits for. */
function check({ failed, attached, elapsedMs, idealMs, requests, polls, refused, disks, heapPerDisk }) {
  const figures = {
    timeToIdeal: elapsedMs / idealMs,
    requestsBesidesPolls: (requests - polls) / disks,
    refusedShare: refused / requests,
    heapPerDisk,
  };
  if (failed || attached) throw new Stop(`${failed} disks failed, ${attached} are still attached`);
  for (const [name, most] of Object.entries(GOALS)) {
    if (figures[name] > most) throw new Stop(`${name} is ${figures[name]}, more than ${most}`);
  }
}

const page = (rows) => `# Many disks at once

What \`detachVolumes\` costs: data disks, ten on each of up to 1,000 servers, \`concurrency: 1000\`, behind a gateway that
takes 200 requests in each second and refuses the rest. A task takes 3 s, an answer 40 ms. Written by
\`npm run bench:batch\`; time is virtual.

${table(rows)}

- "The limit alone" is the time in which 200 requests a second make so many requests. With few servers the time is that
  of the ten disks of one server, one after the other.
- A disk takes at least four requests: a look at the attachment, the DELETE, a question about the task, a last look.
- Heap per disk is the growth from the run before it, after garbage collection. It holds the results and the records
  that the simulated cloud keeps of its tasks.
- The module's memory holds what runs at the same time, not what has run.

![Time against number of disks](batch.svg)
`;

export function run() {
  const rows = SIZES.map(measure);
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before) row.heapPerDisk = (row.heapGrowth - before.heapGrowth) / (row.disks - before.disks);
  }
  console.log(`\n${table(rows)}\n`);
  check(rows.at(-1));
  const seconds = (name, key) => ({ name, points: rows.map((row) => [row.disks, row[key] / 1000]) });
  const chart = lineChart({
    title: "Time to detach many disks",
    xLabel: "disks",
    yLabel: "seconds",
    lines: [seconds("detachVolumes", "elapsedMs"), seconds("the limit alone", "idealMs")],
  });
  writeFileSync(join(root, "docs/batch.svg"), chart);
  writeFileSync(join(root, "docs/batch.md"), page(rows));
}
