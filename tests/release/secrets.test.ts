import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { secretComplaints } from "../../scripts/lib/secrets.mjs";

/** Put together here, so that this file holds none. */
const SECRETS = {
  "a token of npm": `"npm_${"a1B2".repeat(9)}"`,
  "a token of GitHub": `ghp_${"a1B2c3D4e".repeat(4)}`,
  "a key of a cloud": `aws_secret_access_key = ${"wJalrXUtnFEMIK7MDENG".repeat(2)}`,
};

function folderWith(t: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ecs-secrets-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "index.js"), text);
  return folder;
}

for (const [what, secret] of Object.entries(SECRETS))
  test(`${what} is found, and not repeated`, (t) => {
    const [complaint, ...others] = secretComplaints(folderWith(t, `const a = 1;\n${secret}\n`));
    assert.match(complaint ?? "", /^index\.js: line 2, /);
    assert.ok(!complaint?.includes(secret));
    assert.deepEqual(others, []);
  });

test("the words for secrets are no secrets", (t) => {
  const text = 'auth: { token }; auth: { accessKey, secretKey, securityToken: "…" }; // secretKey';
  assert.deepEqual(secretComplaints(folderWith(t, text)), []);
});
