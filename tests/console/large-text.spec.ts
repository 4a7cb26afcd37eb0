// Large text, as the browser's settings give it, in a narrow window: nothing sticks out.
import { ask, detach, expect, operation, reaches, test, tooWide } from "./fixture.ts";
import config from "./playwright.config.ts";

const { args = [], ...launch } = config.use?.launchOptions ?? {};

test.use({ launchOptions: { ...launch, args: [...args, "--blink-settings=defaultFontSize=32"] } });

for (const locale of ["en-GB", "zh-CN"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("nothing sticks out, with letters of twice their size", async ({ console }) => {
      await console.setViewportSize({ width: 360, height: 800 });
      expect(await console.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("32px");
      await ask(console, "web-01-data");
      expect(await tooWide(console), "the question").toEqual([]);
      await console.keyboard.press("Escape");
      await detach(console, "web-01-data");
      await reaches(operation(console), "waiting");
      expect(await tooWide(console), "the page").toEqual([]);
    });
  });
}
