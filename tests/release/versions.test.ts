import assert from "node:assert/strict";
import { test } from "node:test";
import { changelogSection, versionComplaints } from "../../scripts/lib/versions.mjs";

const CHANGELOG = `# Changelog

## [1.2.3] - 2026-02-28

### Added

- One thing.

## [1.2.2] - 2026-01-01

- Another.
`;

const good = {
  manifest: JSON.stringify({ name: "it", version: "1.2.3", repository: "https://github.com/an/owner" }),
  lock: JSON.stringify({ packages: { pkg: { version: "1.2.3" } } }),
  cargo: '[package]\nname = "it"\nversion = "1.2.3"\n\n[dependencies]\nother = { version = "9.9.9" }\n',
  cargoLock: '[[package]]\nname = "it"\nversion = "1.2.3"\n',
  fuzzLock: '[[package]]\nname = "it"\nversion = "1.2.3"\n',
  changelog: CHANGELOG,
};

test("versions that agree are no reason to complain", () => {
  assert.deepEqual(versionComplaints(good), []);
  assert.deepEqual(versionComplaints({ ...good, tag: "v1.2.3", repository: "an/owner" }), []);
});

test("a file with another version is named", () => {
  const cargo = good.cargo.replace("1.2.3", "1.2.4");
  assert.deepEqual(versionComplaints({ ...good, cargo }), [
    "pkg/package.json has version 1.2.3, Cargo.toml has 1.2.4",
  ]);
  assert.deepEqual(versionComplaints({ ...good, cargoLock: "" }), [
    "pkg/package.json has version 1.2.3, Cargo.lock has none",
  ]);
  assert.deepEqual(versionComplaints({ ...good, fuzzLock: good.fuzzLock.replace("1.2.3", "1.2.2") }), [
    "pkg/package.json has version 1.2.3, fuzz/Cargo.lock has 1.2.2",
  ]);
  assert.deepEqual(versionComplaints({ ...good, lock: '{ "packages": {} }' }), [
    "pkg/package.json has version 1.2.3, package-lock.json has none",
  ]);
});

test("a version without a word in the changelog is refused", () => {
  const changelogs = [
    CHANGELOG.replace("[1.2.3]", "[1.3.0]"),
    "## [1.2.3] - Unreleased\n\n## [1.2.2] - x\n\n- a\n",
  ];
  for (const changelog of changelogs)
    assert.deepEqual(versionComplaints({ ...good, changelog }), [
      "CHANGELOG.md says nothing of version 1.2.3",
    ]);
});

test("a version may be unreleased until it has a tag", () => {
  for (const date of ["Unreleased", "2026-02-30", "28 February 2026"]) {
    const changelog = CHANGELOG.replace("2026-02-28", date);
    assert.deepEqual(versionComplaints({ ...good, changelog }), []);
    assert.deepEqual(versionComplaints({ ...good, changelog, tag: "v1.2.3" }), [
      `CHANGELOG.md has no date for version 1.2.3, but "${date}"`,
    ]);
  }
});

test("the tag is that of the version", () => {
  assert.deepEqual(versionComplaints({ ...good, tag: "v1.2.4" }), [
    "pkg/package.json has version 1.2.3, the tag is v1.2.4",
  ]);
});

test("a release is made where the manifest says that its sources are", () => {
  const [complaint, ...more] = versionComplaints({ ...good, tag: "v1.2.3", repository: "a/fork" });
  assert.match(complaint ?? "", /must have the repository https:\/\/github\.com\/a\/fork/);
  assert.deepEqual(more, []);
});

test("a section of the changelog ends where the next begins", () => {
  assert.deepEqual(changelogSection(CHANGELOG, "1.2.3"), {
    date: "2026-02-28",
    text: "### Added\n\n- One thing.",
  });
  assert.deepEqual(changelogSection(CHANGELOG, "1.2.2"), { date: "2026-01-01", text: "- Another." });
  assert.equal(changelogSection(CHANGELOG, "1.2"), null);
});
