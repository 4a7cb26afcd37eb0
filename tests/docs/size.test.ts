// The documents name the size that the built package has.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { DOCUMENTS, withSize } from "../../scripts/lib/size-in-documents.mjs";
import { ROOT, read } from "./documents.ts";

const built = brotliCompressSync(readFileSync(join(ROOT, "pkg/index.js"))).length;

for (const document of DOCUMENTS)
  test(`the size in ${document} is that of the last build`, () => {
    const text = read(document);
    assert.equal(text, withSize(text, built), "run `npm run build` and commit what it has written");
  });

test("a size stands between its marks, in kilobytes, and nothing else changes", () => {
  assert.equal(
    withSize("a <!-- size -->0.0 kB<!-- /size --> b", 27_149),
    "a <!-- size -->27.1 kB<!-- /size --> b",
  );
});

test("a document without marks, or with two pairs of them, is refused", () => {
  const marks = "<!-- size --><!-- /size -->";
  for (const text of ["", marks + marks]) assert.throws(() => withSize(text, 1), /once, between its marks/);
});
