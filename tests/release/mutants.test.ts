import assert from "node:assert/strict";
import { test } from "node:test";
import { explained } from "../../scripts/reports/mutants.mjs";

const found = [
  { file: "a.rs", change: "replace + with -", result: "missed" },
  { file: "a.rs", change: "replace < with <=", result: "caught" },
];

test("a change that no test noticed has its reason", () => {
  const { entries, complaints } = explained(found, { "a.rs: replace + with -": "the same for 0" });
  assert.deepEqual(entries, [{ key: "a.rs: replace + with -", reason: "the same for 0" }]);
  assert.deepEqual(complaints, []);
});

test("a reason that is missing, or no longer needed, is named", () => {
  const { complaints } = explained(found, { "a.rs: replace < with <=": "old" });
  assert.deepEqual(complaints, [
    'tests/mutants.json has no reason for "a.rs: replace + with -"',
    'tests/mutants.json has a reason for "a.rs: replace < with <=", which does not survive',
  ]);
});
