// The code that the console offers does what the console does: it compiles as it is, with its options.
import type { Page } from "@playwright/test";
import { compile } from "../docs/compiler.ts";
import { ask, expect, select, showServer, test } from "./fixture.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

/** Copies the code of the dialog that is open. */
async function copied(page: Page): Promise<string> {
  await page.getByTestId("detach-dialog").getByTestId("copy-code").click();
  await expect(page.getByTestId("status")).not.toBeEmpty();
  return page.evaluate(() => navigator.clipboard.readText());
}

test("the copied code compiles, for one disk and for several, in either language", async ({ console }) => {
  await ask(console, "web-01-data");
  const ordinary = await copied(console);
  expect(ordinary).toContain("detachVolumeAndWait({");
  expect(ordinary).toContain('volumeId: "a26887c6-c47b-4654-abb5-dfadf7d3f803", // web-01-data');
  expect(ordinary).toContain("force: false");
  expect(ordinary).toContain("export { preload }");
  expect(ordinary).toMatch(/^ {4}jobId,$/m);
  await console.getByTestId("force").check();
  const forced = await copied(console);
  expect(forced).toBe(ordinary.replace("force: false", "force: true"));
  await console.keyboard.press("Escape");

  await console.getByTestId("language").selectOption("zh-CN");
  await ask(console, "web-01-data");
  const chinese = await copied(console);
  expect(chinese).toContain('from "ecs-detach-volume/messages/zh-cn"');
  await console.keyboard.press("Escape");
  await select(console, "web-01-data");
  await showServer(console, "db-01");
  await select(console, "db-01-data");
  await console.getByTestId("detach-selected").click();
  const several = await copied(console);
  expect(several).toContain("detachVolumes({");
  expect(several).toContain('language: "zh-cn"');
  expect(several.match(/volumeId: /g)).toHaveLength(2);
  const ends: (() => void)[] = [];
  const said = compile(
    { after: (end) => ends.push(end) },
    { "ordinary.ts": ordinary, "forced.ts": forced, "chinese.ts": chinese, "several.ts": several },
  );
  for (const end of ends) end();
  expect(said).toBe("");
});
