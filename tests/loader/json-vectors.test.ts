import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

/** `ours` is false where the core refuses on purpose what JSON.parse takes; see src/core/json.rs. */
interface Vector {
  text: string;
  valid: boolean;
  ours?: false;
  value?: unknown;
}

const file = new URL("../fixtures/json/vectors.json", import.meta.url);
const vectors: Vector[] = JSON.parse(readFileSync(file, "utf8"));

/** Half of a surrogate pair, and more arrays and objects inside each other than the core takes. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const MAX_DEPTH = 127;

function depthOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === "string") return LONE_SURROGATE.test(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).flat().some(hasLoneSurrogate);
}

test("JSON.parse accepts what the core accepts, with the same values, and refuses the rest", () => {
  for (const { text, valid, value } of vectors) {
    if (!valid) {
      assert.throws(() => JSON.parse(text), SyntaxError, text);
    } else {
      const parsed = JSON.parse(text);
      if (value !== undefined) assert.deepEqual(parsed, value, text);
    }
  }
});

test("what the core alone refuses is half a surrogate pair, or too deep", () => {
  const valid = vectors.filter((vector) => vector.valid);
  for (const { text, ours } of valid) {
    const value: unknown = JSON.parse(text);
    const isRefused = hasLoneSurrogate(value) || depthOf(value) > MAX_DEPTH;
    assert.equal(ours === false, isRefused, text);
  }
  assert.ok(valid.some(({ ours }) => ours === false));
});
