import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { workflowComplaints } from "../../scripts/lib/workflows.mjs";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What is said of a workflow with these steps. */
function complaintsOf(t: TestContext, steps: string, head = "permissions: {}"): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "ecs-workflows-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, ".github/workflows"), { recursive: true });
  const text = `name: It
on: push
${head}
concurrency:
  group: it
  cancel-in-progress: true
jobs:
  it:
    name: It
    runs-on: ubuntu-latest
    steps:
${steps}
`;
  writeFileSync(join(folder, ".github/workflows/it.yml"), text);
  return workflowComplaints(folder);
}

test("the workflows are right", async () => {
  assert.deepEqual(await workflowComplaints(), []);
});

test("a workflow that is right is no reason to complain", async (t) => {
  assert.deepEqual(await complaintsOf(t, `      - uses: an/action@${COMMIT} # v1.2.3`), []);
});

for (const version of ["v1", "main"])
  test(`an action that may change is refused: ${version}`, async (t) => {
    const [complaint, ...others] = await complaintsOf(t, `      - uses: an/action@${version}`);
    assert.match(complaint ?? "", /it\.yml:12:9: .*\(unpinned-uses\)$/);
    assert.deepEqual(others, []);
  });

test("a workflow that does not say what it may do is refused", async (t) => {
  assert.match((await complaintsOf(t, "      - run: ls", "")).join("\n"), /\(excessive-permissions\)/);
});

test("what somebody else has written is not run", async (t) => {
  const steps = `      - run: echo \${{ github.event.head_commit.message }}`;
  assert.match((await complaintsOf(t, steps)).join("\n"), /it\.yml:12:9: .*\(template-injection\)/);
});

test("an unknown key and an unknown expression are found, with their places", async (t) => {
  const found = await complaintsOf(t, `      - run: echo \${{ github.nothing }}\n        wiht: {}`);
  assert.match(found.join("\n"), /it\.yml:12:23: property "nothing" is not defined/m);
  assert.match(found.join("\n"), /it\.yml:13:9: unexpected key "wiht"/m);
});

test("the lowest versions that are promised have a job each", () => {
  const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
  const rust = /^rust-version = "(.+)"$/m.exec(read("Cargo.toml"))?.[1];
  const [ours, theirs] = ["package.json", "pkg/package.json"].map(
    (file) => /"node": ">=(.+)"/.exec(read(file))?.[1] ?? "none",
  );
  const jobs = read(".github/workflows/ci.yml");
  assert.ok(jobs.includes(`container: rust:${rust}-bookworm`), `no job under Rust ${rust}`);
  assert.ok(jobs.includes(`node: ["${ours}", `), `no job under Node ${ours}`);
  assert.ok(jobs.includes(`node@${theirs}.0.0 `), `no job that runs the package under Node ${theirs}`);
});
