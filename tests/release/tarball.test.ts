import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { differences, hashOf, integrityOf, leaks, pack } from "../../scripts/lib/tarball.mjs";

const filesOf = (texts: Record<string, string>) =>
  new Map(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));

test("files that are the same are no difference, in any order", () => {
  const [first, second] = [filesOf({ a: "1", b: "2" }), filesOf({ b: "2", a: "1" })];
  assert.deepEqual(differences(first, second), []);
});

test("each file that differs is named, with the place", () => {
  const first = filesOf({ "changed.js": "abcd", "longer.js": "ab", "only-here.js": "", "same.js": "x" });
  const second = filesOf({ "changed.js": "abXd", "longer.js": "abc", "only-there.js": "", "same.js": "x" });
  assert.deepEqual(differences(first, second), [
    "changed.js differs from byte 2 on",
    "longer.js differs from byte 2 on",
    "only-here.js is in the first only",
    "only-there.js is in the second only",
  ]);
});

test("a path of some machine in a published file is found", () => {
  const files = filesOf({ "index.js": "before \0at /home/somebody/project/src/lib.rs\0 after" });
  assert.deepEqual(leaks(files, []), ["index.js holds a path of some machine"]);
});

test("the folder of the build in a published file is found", () => {
  const files = filesOf({ "module.wasm": "\0/srv/ci/checkout/src/lib.rs\0" });
  assert.deepEqual(leaks(files, ["/srv/ci"]), ["module.wasm names /srv/ci"]);
});

test("addresses are no paths of a machine", () => {
  const text = 'fetch("https://example.com/home/user/x"); auth: { token }; "/v1/p/root/a"; // secretKey';
  assert.deepEqual(leaks(filesOf({ "README.md": text }), ["/srv/ci"]), []);
});

test("a package that is packed twice gives the same tarball, and its files by their names", (t) => {
  const [one, other] = [packedSample(t), packedSample(t)];
  assert.deepEqual([...one.files.keys()], ["a.js", "lib/b.js", "package.json"]);
  assert.equal(one.files.get("lib/b.js")?.toString(), "b");
  assert.ok(readFileSync(one.file).equals(readFileSync(other.file)));
});

test("hashes are those of the published vectors", () => {
  assert.equal(
    hashOf(Buffer.from("abc")),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
  assert.equal(
    integrityOf(Buffer.from("abc")),
    "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==",
  );
});

/** A small package, packed in a folder of its own. */
function packedSample(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "ecs-tarball-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "pkg/lib"), { recursive: true });
  writeFileSync(join(folder, "pkg/package.json"), '{ "name": "sample", "version": "1.0.0" }\n');
  writeFileSync(join(folder, "pkg/a.js"), "a");
  writeFileSync(join(folder, "pkg/lib/b.js"), "b");
  return pack(folder, join(folder, "packed"));
}
