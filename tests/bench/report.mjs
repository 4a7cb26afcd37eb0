// The figures as tables, goals and bars.
import { table as markdownTable } from "../../scripts/lib/table.mjs";
import { GOALS, outcome, SIZE } from "./goals.mjs";
import { estimate, maybeOne, median } from "./statistics.mjs";
import { callWays, comparisons, ways } from "./ways.mjs";

const OURS = /^(ours|asm|preloaded)/;

/**
 * One record for each way.
 *
 * @typedef {Record<string, number>[]} Rounds By way.
 * @param {{ bundles: Record<string, { bundler: string, minified: number, gzip: number, brotli: number }>, first: Rounds, firstSlow: Rounds, runs: Record<string, Record<string, number[]>[]> }} measured
 */
export function rowsOf({ bundles, first, firstSlow, runs }) {
  return Object.entries(ways).map(([name, { title, isSigned = false }]) => ({
    name,
    title,
    isSigned,
    bundle: bundles[name],
    first: firstFigure(first, name),
    firstSlow: firstFigure(firstSlow, name),
    call: runs[name] && {
      us: estimate(runs[name].map((page) => median(page[name]))),
      toFetch: callRatio(runs, name, "fetch"),
      toWebCrypto: isSigned ? callRatio(runs, name, "webcrypto") : undefined,
    },
  }));
}

const firstFigure = (rounds, name) => ({
  ms: estimate(rounds.map((round) => round[name])),
  toFetch: firstRatio(rounds, name, "fetch"),
  toLoaded: firstRatio(rounds, name, "fetchLoaded"),
});

/** Pair by pair, a pair in each round. */
const firstRatio = (rounds, name, measure) => estimate(rounds.map((round) => round[name] / round[measure]));

/** Pair by pair, a pair in each batch; pages are what differs by chance. */
const callRatio = (runs, name, measure) =>
  estimate(runs[name].map((page) => median(page[name].map((time, batch) => time / page[measure][batch]))));

/** @param {number} pageBytes All that a page loads, after brotli. */
export function goalTable(rows, pageBytes) {
  const byName = Object.fromEntries(rows.map((row) => [row.name, row]));
  const size = { median: pageBytes, low: pageBytes, high: pageBytes };
  const lines = GOALS.map(({ goal, limit, aim, of }) => {
    const found = of(byName);
    return [goal, limit, aim ?? "–", spread(found, times), outcome(found, limit, aim)];
  });
  lines.push([
    SIZE.goal,
    bytes(SIZE.limit),
    bytes(SIZE.aim),
    bytes(pageBytes),
    outcome(size, SIZE.limit, SIZE.aim),
  ]);
  return table(["Goal", "Must stay below", "Aim", "Measured", ""], lines);
}

export function sizeTable(rows) {
  const lines = scriptsOf(rows).map(({ title, bundle }) => {
    const { minified, gzip, brotli, bundler } = bundle;
    return [title, bytes(minified), bytes(gzip), bytes(brotli), bundler];
  });
  return table(["", "Minified, B", "gzip, B", "brotli, B", "Bundler"], lines);
}

/** Those with a script of their own. */
const scriptsOf = (rows) => rows.filter(({ name }) => callWays.includes(name) && !ways[name].file);

export function firstTable(rows) {
  const cells = (name, { ms, toFetch }) => [spread(ms, digits), ratioCell(toFetch, name === "fetch")];
  const lines = rows.map(({ name, title, first, firstSlow }) => [
    title,
    ...cells(name, first),
    ...cells(name, firstSlow),
  ]);
  return table(["", "ms", "× `fetch`", "slowed 4 times: ms", "× `fetch`"], lines);
}

export function callTable(rows) {
  const lines = rows
    .filter(({ call }) => call)
    .map(({ name, title, isSigned, call }) => [
      title,
      isSigned ? "key" : "token",
      spread(call.us, digits),
      ratioCell(call.toFetch, name === "fetch"),
      ratioCell(call.toWebCrypto, name === "webcrypto"),
    ]);
  return table(["", "Sends", "µs", "× hand-written `fetch`", "× hand-written WebCrypto"], lines);
}

/** Rows of these tables beside each other: their own figures may differ by chance alone. */
export function comparisonTable({ first, firstSlow, runs }) {
  const lines = comparisons.map(([name, measure]) => [
    `${ways[name].title} ÷ ${ways[measure].title}`,
    ratioCell(firstRatio(first, name, measure)),
    ratioCell(firstRatio(firstSlow, name, measure)),
    ratioCell(runs[name] && callRatio(runs, name, measure)),
  ]);
  return table(["", "First request", "slowed 4 times", "One call"], lines);
}

export function chartOf(rows) {
  const bars = (valueIn, shown = rows) =>
    shown.map((row) => ({
      name: row.title.replaceAll("`", ""),
      value: valueIn(row),
      isOurs: OURS.test(row.name),
    }));
  const called = rows.filter(({ call }) => call);
  return {
    title: "The package beside others",
    panels: [
      {
        title: "what a page loads, brotli",
        unit: "kB",
        bars: bars(({ bundle }) => bundle.brotli / 1000, scriptsOf(rows)),
      },
      { title: "import to first request", unit: "ms", bars: bars(({ first }) => first.ms.median) },
      { title: "one call, instant answer", unit: "µs", bars: bars(({ call }) => call.us.median, called) },
    ],
  };
}

/** The first column has names, the others have numbers. */
const table = (head, lines) => markdownTable(head, lines, (column) => column > 0);

/** A ratio with its interval. `isMeasure`: it is what the others are measured by. */
function ratioCell(ratio, isMeasure = false) {
  if (ratio === undefined) return "–";
  if (isMeasure) return "1";
  return `${spread(ratio, times)}${maybeOne(ratio) ? ", not significant" : ""}`;
}

const spread = ({ median, low, high }, write) => `${write(median)} (${write(low)}–${write(high)})`;
const bytes = (count) => count.toLocaleString("en");
const digits = (value) =>
  value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
const times = (ratio) => ratio.toFixed(2);
