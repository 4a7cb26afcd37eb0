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
const TYPES = read("pkg/loader/testing/types.d.ts");
const PAGES = {
  "docs/testing.md": {
    header: "Fault",
    once: { detach: "the DELETE, once", task: "a poll, once" },
    always: {
      task: "every poll",
      attachment: "every read of an attachment",
      any: "every request",
    },
  },
  "docs/testing.zh-CN.md": {
    header: "故障",
    once: { detach: "DELETE，一次", task: "轮询，一次" },
    always: { task: "每次轮询", attachment: "每次挂载查询", any: "每个请求" },
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

test("the types refer to no file that the package does not have", () => {
  assert.doesNotMatch(TYPES, /docs\//);
});

test("the types say which requests each fault meets by its name alone", () => {
  const comment = (member: string) =>
    new RegExp(`/\\*\\*((?:(?!/\\*\\*).)*)\\*/\\s+${member}\\?:`, "s").exec(TYPES)?.[1] ??
    assert.fail(member);
  const sentences = (text: string) => text.replaceAll(/\s*\n\s*\*\s*/g, " ").split(/Default: |; |\. /);
  const namesIn = (text: string | undefined) =>
    FAULT_NAMES.filter((name) => text?.includes(`\`${name}\``)).sort();
  const meet = (fits: (meeting: ReturnType<typeof meetingOf>) => boolean) =>
    FAULT_NAMES.filter((name) => fits(meetingOf(name))).sort();
  for (const place of ["task", "attachment", "any"] as const) {
    const said = sentences(comment("on")).find((sentence) => sentence.startsWith(`\`"${place}"\` for`));
    assert.deepEqual(
      namesIn(said),
      meet(({ on }) => on === place),
      place,
    );
  }
  const said = sentences(comment("times")).find((sentence) => sentence.startsWith("all for"));
  assert.deepEqual(
    namesIn(said),
    meet(({ times }) => times !== 1),
  );
});

test("the type of a fault has the names of all, each with what it does", () => {
  const [, union = ""] = /export type FaultName =\n(.*?;)\n\n/s.exec(TYPES) ?? [];
  const names = [...union.matchAll(/\*\/\n {2}\| "([^"]+)"/g)].map(([, name]) => name);
  assert.deepEqual(names.sort(), [...FAULT_NAMES].sort());
});
