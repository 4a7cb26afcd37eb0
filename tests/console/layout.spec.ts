// Nothing sticks out and nothing jumps, at any width, in either language.
import type { Page } from "@playwright/test";
import {
  ask,
  detach,
  expect,
  load,
  operation,
  reaches,
  row,
  simulate,
  TASK_MS,
  test,
  tooWide,
} from "./fixture.ts";

/** Cumulative layout shifts; the web vitals call 0.1 good. */
const STILL = 0.01;
/** A disk that is gone leaves a gap, which the list closes; on a narrow screen, a disk takes a quarter of it. */
const GAP = { 320: 0.2, 768: 0.05, 1280: 0.05 } as const;

declare global {
  /** The sum of the layout shifts that no action of the user explains. */
  var shifted: number;
}

async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    globalThis.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        };
        if (!hadRecentInput) globalThis.shifted += value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

function shifts(page: Page): Promise<number> {
  return page.evaluate(() => globalThis.shifted);
}

async function progressHeight(page: Page): Promise<number | undefined> {
  return (await operation(page).getByTestId("progress").boundingBox())?.height;
}

test("each question begins at its beginning, with the code closed", async ({ console }) => {
  await console.setViewportSize({ width: 320, height: 640 });
  const dialog = console.getByTestId("detach-dialog");
  const body = dialog.locator(".dialog-body");
  const offset = () => body.evaluate(({ scrollTop }) => scrollTop);
  await ask(console, "web-01-data");
  await console.getByTestId("force").check();
  await console.getByTestId("code-details").locator("summary").click();
  await console.getByTestId("code").focus();
  expect(await offset()).toBeGreaterThan(0);
  await console.keyboard.press("Escape");
  await ask(console, "web-01-logs");
  expect(await offset()).toBe(0);
  await expect(console.getByTestId("code")).toBeHidden();
});

test("colours that the system forces leave the progress, the server and messages to be seen", async ({
  console,
}) => {
  await console.emulateMedia({ forcedColors: "active" });
  const style = (selector: string, property: string) =>
    console
      .locator(selector)
      .first()
      .evaluate((found, name) => getComputedStyle(found).getPropertyValue(name), property);
  const ground = await style("body", "background-color");
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  expect(await style(".bar", "border-top-width")).toBe("1px");
  expect(await style('.step[data-state="done"] .bar', "background-color")).not.toBe(ground);
  expect(await style('.server[aria-current="true"]', "border-top-color")).not.toBe(ground);
  expect(await style(".toast span", "border-top-width")).toBe("1px");
});

for (const locale of ["en-GB", "zh-CN"]) {
  test.describe(locale, () => {
    test.use({ locale });

    test("nothing sticks out, from 320 to 1920 pixels", async ({ console }) => {
      await simulate(console, "no-answer");
      await detach(console, "web-01-data");
      await reaches(operation(console), "submitting");
      for (const width of [320, 360, 414, 577, 768, 960, 1024, 1152, 1280, 1440, 1920]) {
        await console.setViewportSize({ width, height: 900 });
        expect(await tooWide(console), `${width} pixels`).toEqual([]);
      }
    });

    test("nothing sticks out of a question or an outcome at 320 pixels", async ({ console }) => {
      await console.setViewportSize({ width: 320, height: 740 });
      await simulate(console, "wait-hour");
      await ask(console, "web-01-data");
      await console.getByTestId("code-details").locator("summary").click();
      expect(await tooWide(console), "the question").toEqual([]);
      await console.getByTestId("confirm").click();
      await reaches(operation(console), "failed");
      expect(await tooWide(console), "the outcome").toEqual([]);
      const cut = await console
        .locator(".exchange-purpose")
        .evaluateAll((all) => all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);
      expect(cut, "purposes that are cut off").toBe(0);
    });

    for (const width of [320, 768, 1280] as const) {
      test(`nothing jumps in a window of ${width} pixels`, async ({ blank, site, cloud }) => {
        await blank.setViewportSize({ width, height: 900 });
        await watchShifts(blank);
        await load(blank, site);
        expect(await shifts(blank), "while it loads").toBeLessThan(STILL);
        await detach(blank, "web-01-data");
        await reaches(operation(blank), "waiting");
        expect(await shifts(blank), "while a disk is being detached").toBeLessThan(STILL);
        const height = await progressHeight(blank);
        cloud.faults.add({ path: /\/jobs\//, times: 1, fault: "throttle:3" });
        await expect(operation(blank).getByTestId("phase")).toHaveAttribute("data-failure", "throttled");
        expect(await progressHeight(blank), "while the service asks for a pause").toBe(height);
        expect(await shifts(blank), "while the service asks for a pause").toBeLessThan(STILL);
        cloud.pass(TASK_MS);
        await reaches(operation(blank), "detached");
        await expect(row(blank, "web-01-data")).toHaveCount(0);
        expect(await shifts(blank), "when the disk is gone").toBeLessThan(GAP[width]);
      });
    }
  });
}
