// docs/testing.md says what the simulated cloud does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FAULT_NAMES } from "../simulator/faults.ts";
import { meetingOf } from "../simulator/places.ts";
import { codeBlocks, quoted, read, tableRows } from "./documents.ts";

const RECIPES = [
  "testing/detach.vitest.ts",
  "testing/detach.jest.cjs",
  "testing/detach.stories.ts",
  "testing/playwright.ts",
  "cloud.ts",
  "console.test.ts",
];
const PAGES = {
  "docs/testing.md": {
    header: "Fault",
    once: { detach: "the DELETE, once", task: "a question about the task, once" },
    always: {
      task: "every question about the task",
      attachment: "every look at an attachment",
      any: "every request",
    },
  },
  "docs/testing.zh-CN.md": {
    header: "故障",
    once: { detach: "DELETE，一次", task: "任务查询，一次" },
    always: { task: "每次任务查询", attachment: "每次挂载查询", any: "每个请求" },
  },
};

for (const [page, { header, once, always }] of Object.entries(PAGES)) {
  test(`the table of faults in ${page} has all of them, and what each meets by its name alone`, () => {
    const rows = tableRows(page, header);
    const nameIn = (cell: string | undefined) => quoted(cell).split(":")[0] ?? "";
    assert.deepEqual(rows.map(([fault]) => nameIn(fault)).sort(), [...FAULT_NAMES].sort());
    for (const [fault, , , meets] of rows) {
      const { on, times } = meetingOf(nameIn(fault) as (typeof FAULT_NAMES)[number]);
      const words: Partial<Record<typeof on, string>> = times === 1 ? once : always;
      assert.equal(meets, words[on], fault);
    }
  });
}

test("the recipes of docs/testing.md are files of tests/recipes, which are compiled and run", () => {
  const blocks = codeBlocks("docs/testing.md").map(({ code }) => code);
  for (const file of RECIPES) assert.ok(blocks.includes(read(`tests/recipes/${file}`)), file);
});

test("the type of a fault has the names of all", () => {
  const [, union = ""] = /export type FaultName =\n(.*?);/s.exec(read("pkg/loader/testing/types.d.ts")) ?? [];
  const names = [...union.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(names.sort(), [...FAULT_NAMES].sort());
});
