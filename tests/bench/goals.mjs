// The goals, and what was reached of them.
import { BUDGET } from "../../scripts/lib/size.mjs";

/**
 * `limit`: what this version reaches, and a later one must keep; `aim`: what was wanted; `of`: what was measured, given the
 * rows by their names.
 *
 * @typedef {import("./statistics.mjs").Estimate} Estimate
 */
export const GOALS = [
  {
    goal: "First request, × the hand-written `fetch`'s",
    limit: 6,
    aim: 2,
    of: ({ ours }) => ours.first.toFetch,
  },
  {
    goal: "The same, with the processor slowed 4 times",
    limit: 6,
    aim: 2,
    of: ({ ours }) => ours.firstSlow.toFetch,
  },
  {
    goal: "First request after `preload()`, × the hand-written `fetch`'s from its import",
    limit: 1.3,
    aim: 1.1,
    of: ({ preloaded }) => preloaded.first.toFetch,
  },
  {
    goal: "The same, with the processor slowed 4 times",
    limit: 1.3,
    aim: 1.1,
    of: ({ preloaded }) => preloaded.firstSlow.toFetch,
  },
  {
    goal: "First request after `preload()`, × the hand-written `fetch`'s, loaded before as well",
    limit: 5,
    aim: 1.3,
    of: ({ preloaded }) => preloaded.first.toLoaded,
  },
  {
    goal: "The same, with the processor slowed 4 times",
    limit: 5,
    aim: 1.3,
    of: ({ preloaded }) => preloaded.firstSlow.toLoaded,
  },
  {
    goal: "One call, × the hand-written `fetch`'s",
    limit: 3.7,
    aim: 3,
    of: ({ ours }) => ours.call.toFetch,
  },
  {
    goal: "One signed call, × the hand-written WebCrypto one's",
    limit: 2,
    aim: 1,
    of: ({ oursSigned }) => oursSigned.call.toWebCrypto,
  },
];

/** The most bytes that a page may load, which the build holds it to, and what was wanted. */
export const SIZE = { goal: "All that a page loads, brotli, B", limit: BUDGET, aim: 27_500 };

/**
 * Whether a limit is kept, and an aim reached. It is certain only if the whole interval lies on one side.
 *
 * @param {Estimate} found
 * @param {number} limit
 * @param {number} [aim]
 */
export function outcome(found, limit, aim) {
  const states = { within: "kept", beyond: "**not kept**", across: "not certain" };
  const state = side(found, limit);
  if (state !== "within" || aim === undefined) return states[state];
  const aims = {
    within: "; the aim is reached",
    beyond: "; the aim is missed",
    across: "; the aim is not certain",
  };
  return states.within + aims[side(found, aim)];
}

function side({ low, high }, most) {
  if (high <= most) return "within";
  return low > most ? "beyond" : "across";
}
