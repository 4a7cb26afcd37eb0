import assert from "node:assert/strict";
import { test } from "node:test";
import { allWorkflowComplaints, workflowComplaints } from "../../scripts/lib/workflows.mjs";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

const workflow = (steps: string, head = "permissions: {}") => `name: It
on: push
${head}
jobs:
  it:
    runs-on: ubuntu-latest
    steps:
${steps}
`;

test("the workflows are right", async () => {
  assert.deepEqual(await allWorkflowComplaints(), []);
});

test("a workflow that is right is no reason to complain", async () => {
  const text = workflow(`      - uses: an/action@${COMMIT} # v1.2.3\n      - uses: ./.github/actions/set-up`);
  assert.deepEqual(await workflowComplaints(text, ".github/workflows/it.yml"), []);
});

for (const uses of ["an/action@v1", `an/action@${COMMIT}`, `an/action@${COMMIT.slice(1)} # v1.2.3`])
  test(`an action that may change is refused: ${uses}`, async () => {
    for (const file of ["workflows/it.yml", "actions/it/action.yml"])
      assert.deepEqual(await workflowComplaints(workflow(`      - uses: ${uses}`), `.github/${file}`), [
        `.github/${file}:8: no commit with its version: ${uses}`,
      ]);
  });

test("a workflow that does not say what it may do is refused", async () => {
  assert.deepEqual(await workflowComplaints(workflow("      - run: ls", ""), ".github/workflows/it.yml"), [
    ".github/workflows/it.yml: no permissions for the workflow",
  ]);
});

test("an unknown key and an unknown expression are found, with their places", async () => {
  const text = workflow(`      - run: echo \${{ github.nothing }}\n        wiht: {}`);
  const found = await workflowComplaints(text, "it.yml");
  assert.equal(found.length, 2);
  assert.match(found.join("\n"), /^it\.yml:8:23: property "nothing" is not defined/m);
  assert.match(found.join("\n"), /^it\.yml:9:9: unexpected key "wiht"/m);
});
