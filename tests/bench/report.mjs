// The figures as tables, goals and bars.
import { ways } from "./ways.mjs";

const OURS = /^(ours|asm)/;

/** The middle one. Half of the values lie between the quarters. */
export function median(list, part = 0.5) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * part)];
}

/**
 * One record for each way.
 *
 * @param {{ bundles: Record<string, { bundler: string, minified: number, gzip: number, brotli: number }>, first: Record<string, number[]>, firstSlow: Record<string, number[]>, runs: Record<string, Record<string, number>[]> }} measured
 */
export function rowsOf({ bundles, first, firstSlow, runs }) {
  return Object.entries(ways).map(([name, { title, isSigned = false }]) => {
    const ratioTo = (measure) => median(runs[name].map((run) => run[name] / run[measure]));
    return {
      name,
      title,
      isSigned,
      bundle: bundles[name],
      first: figure(first, name),
      firstSlow: figure(firstSlow, name),
      call: { us: median(runs[name].map((run) => run[name])), toFetch: ratioTo("fetch") },
      toWebCrypto: isSigned ? ratioTo("webcrypto") : undefined,
    };
  });
}

function figure(times, name) {
  const [middle, low, high] = [0.5, 0.25, 0.75].map((part) => median(times[name], part));
  return { ms: middle, low, high, ratio: middle / median(times.fetch) };
}

const GOALS = [
  ["First request: at most 2 times the hand-written `fetch`'s", 2, (rows) => rows.ours.first.ratio],
  ["The same, with the processor slowed 4 times", 2, (rows) => rows.ours.firstSlow.ratio],
  ["One call: at most 3 times the hand-written `fetch`'s", 3, (rows) => rows.ours.call.toFetch],
  ["One signed call: at most the hand-written WebCrypto one's", 1, (rows) => rows.oursSigned.toWebCrypto],
];

export function goalTable(rows) {
  const byName = Object.fromEntries(rows.map((row) => [row.name, row]));
  const lines = GOALS.map(([goal, most, figureOf]) => {
    const found = figureOf(byName);
    return [goal, times(found), found <= most ? "holds" : "**missed**"];
  });
  return table(["Goal", "Measured", ""], lines);
}

export function sizeTable(rows) {
  const lines = scriptsOf(rows).map(({ title, bundle }) => {
    const { minified, gzip, brotli, bundler } = bundle;
    return [title, bytes(minified), bytes(gzip), bytes(brotli), bundler];
  });
  return table(["", "Minified, B", "gzip, B", "brotli, B", "Bundler"], lines);
}

/** Those with a script of their own. */
const scriptsOf = (rows) => rows.filter(({ name }) => !ways[name].file);

export function firstTable(rows) {
  const cells = ({ ms, low, high, ratio }) => [digits(ms), `${digits(low)}–${digits(high)}`, times(ratio)];
  const lines = rows.map(({ title, first, firstSlow }) => [title, ...cells(first), ...cells(firstSlow)]);
  return table(
    ["", "ms", "half of them", "× `fetch`", "slowed 4 times: ms", "half of them", "× `fetch`"],
    lines,
  );
}

export function callTable(rows) {
  const lines = rows.map(({ title, isSigned, call, toWebCrypto }) => [
    title,
    isSigned ? "key" : "token",
    digits(call.us),
    times(call.toFetch),
    toWebCrypto === undefined ? "–" : times(toWebCrypto),
  ]);
  return table(["", "Sends", "µs", "× hand-written `fetch`", "× hand-written WebCrypto"], lines);
}

export function chartOf(rows) {
  const bars = (valueIn, shown = rows) =>
    shown.map((row) => ({
      name: row.title.replaceAll("`", ""),
      value: valueIn(row),
      isOurs: OURS.test(row.name),
    }));
  return {
    title: "The package beside others",
    panels: [
      {
        title: "what a page loads, brotli",
        unit: "kB",
        bars: bars(({ bundle }) => bundle.brotli / 1000, scriptsOf(rows)),
      },
      { title: "import to first request", unit: "ms", bars: bars(({ first }) => first.ms) },
      { title: "one call, instant answer", unit: "µs", bars: bars(({ call }) => call.us) },
    ],
  };
}

function table(head, lines) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index ? "---:" : "---"))), ...lines.map(line)].join("\n");
}

const bytes = (count) => count.toLocaleString("en");
const digits = (value) => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
const times = (ratio) => `${ratio.toFixed(2)}×`;
