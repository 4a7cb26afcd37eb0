// What samples tell of a median, and how surely.

const OUTSIDE = 0.05;

/** @typedef {{ median: number, low: number, high: number }} Estimate */

/** @param {number[]} samples */
export function median(samples) {
  const sorted = ascending(samples);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/**
 * The median, and the interval that holds the true one in at least 95 of 100 cases: from one sample to another, whatever
 * the distribution. Fewer than 6 samples do not tell.
 *
 * @param {number[]} samples
 * @returns {Estimate}
 */
export function estimate(samples) {
  const cut = cutAtEachEnd(samples.length);
  const sorted = ascending(samples);
  const [low, high] = cut < 0 ? [-Infinity, Infinity] : [sorted[cut], sorted[sorted.length - 1 - cut]];
  return { median: median(samples), low, high };
}

/** Whether a ratio may as well be 1. @param {Estimate} ratio */
export const maybeOne = ({ low, high }) => low <= 1 && high >= 1;

/** A list in random order. */
export function shuffled(list) {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** How many samples may be left out below, and as many above: each lies below the true median by chance of a half. */
function cutAtEachEnd(count) {
  let cut = -1;
  let chance = 0.5 ** count;
  for (let sum = chance; 2 * sum <= OUTSIDE; sum += chance) {
    cut += 1;
    chance *= (count - cut) / (cut + 1);
  }
  return cut;
}

const ascending = (list) => [...list].sort((a, b) => a - b);
