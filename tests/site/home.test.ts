// The figures of the home page are those of the documents.
import assert from "node:assert/strict";
import { test } from "node:test";
import { figures } from "../../scripts/site/home.mjs";

const TEXTS = {
  "README.md": "A page loads <!-- size -->7.3 kB<!-- /size --> for it.\n",
  "docs/benchmarks.md": `|  | gzip, B | brotli, B |
| --- | ---: | ---: |
| Huawei's SDK | 200,000 | 123,456 |
`,
  "docs/faults.md": `| Fault | \`kind\` | Started | \`mayHaveStarted\` |
| --- | --- | --- | --- |
| none | accepted | yes |  |
| a | \`api\` | yes | \`true\` |
| b | \`api\` | no | \`false\` |
`,
  "docs/batch.md": `| Disks | Time, s | the limit alone, s |
| ---: | ---: | ---: |
| 10 | 5 | 1 |
| 1,000 | 60 | 50 |
`,
  "docs/consumers.md": `| Consumer | Detaches |
| --- | --- |
| a | yes |
| b | no: it ended |
`,
};

function figuresOf(texts: Record<string, string>) {
  const documents = Object.entries(texts).map(
    ([path, en]) => [path, { path, texts: { en }, isFile: false }] as const,
  );
  return figures(new Map(documents));
}

test("figures are taken from the tables", () => {
  assert.deepEqual(figuresOf(TEXTS), [
    { name: "size", path: "docs/benchmarks.md", figure: "7.3 kB", theirs: "123.5 kB" },
    { name: "faults", path: "docs/faults.md", figure: "2" },
    { name: "batch", path: "docs/batch.md", figure: "60 s", disks: "1,000", limit: "50 s" },
    { name: "consumers", path: "docs/consumers.md", figure: "1", all: "2" },
  ]);
});

test("a figure that its document does not have is refused", () => {
  for (const path of Object.keys(TEXTS))
    assert.throws(
      () => figuresOf({ ...TEXTS, [path]: "# Nothing\n" }),
      /^Error: docs\/\w+\.md does not have/,
    );
});

test("the page does not say of the faults what one of them shows to be wrong", () => {
  const text = TEXTS["docs/faults.md"].replace("| yes | `true` |", "| yes | `false` |");
  assert.throws(() => figuresOf({ ...TEXTS, "docs/faults.md": text }), /"faults"/);
});
