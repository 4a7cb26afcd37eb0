// The intervals of the benchmark: their ranks are those of published tables for the median.
import assert from "node:assert/strict";
import { test } from "node:test";
import { outcome } from "./goals.mjs";
import { estimate, maybeOne, median, shuffled } from "./statistics.mjs";

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test("the median is the middle one, or lies between the two", () => {
  assert.deepEqual([median([9, 1, 2]), median([4, 1, 2, 9])], [2, 3]);
});

test("the interval of a median goes from the tabulated rank to the one opposite", () => {
  const ranks = { 6: [1, 6], 9: [2, 8], 12: [3, 10], 15: [4, 12], 21: [6, 16], 25: [8, 18] };
  for (const [count, [low, high]] of Object.entries(ranks))
    assert.deepEqual(estimate(shuffled(upTo(Number(count)))), { median: (Number(count) + 1) / 2, low, high });
});

test("five samples do not tell", () => {
  assert.deepEqual(estimate(upTo(5)), { median: 3, low: -Infinity, high: Infinity });
});

test("a ratio is significant if its interval leaves out 1", () => {
  const ratios = [
    [0.9, 1.1],
    [1, 2],
    [1.01, 2],
    [0.5, 0.99],
  ] as const;
  const found = ratios.map(([low, high]) => maybeOne({ median: (low + high) / 2, low, high }));
  assert.deepEqual(found, [true, true, false, false]);
});

test("a limit is kept, or not, only if the whole interval lies on one side", () => {
  const between = (low: number, high: number, aim?: number) =>
    outcome({ median: (low + high) / 2, low, high }, 2, aim);
  assert.equal(between(1.5, 2), "kept");
  assert.equal(between(2.1, 3), "**not kept**");
  assert.equal(between(1.9, 2.1), "not certain");
  assert.equal(between(1.2, 1.4, 1.5), "kept; the aim is reached");
  assert.equal(between(1.6, 1.8, 1.5), "kept; the aim is missed");
  assert.equal(between(1.4, 1.8, 1.5), "kept; the aim is not certain");
});
