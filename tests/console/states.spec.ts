// The main states as they look, in both languages, and whether everybody can use them, in both themes.
import type { Page } from "@playwright/test";
import { hasChineseFont } from "../../scripts/lib/toolchain.mjs";
import { checkAccessibility } from "./accessibility.ts";
import {
  ask,
  type Cloud,
  detach,
  detachSelected,
  expect,
  load,
  operation,
  picture,
  reaches,
  select,
  showServer,
  simulate,
  stopClock,
  TASK_MS,
  test,
} from "./fixture.ts";

/** What is done to a page that has loaded. */
type Act = (page: Page, cloud: Cloud) => Promise<void>;

const states: Readonly<Record<string, Act>> = {
  async loaded() {},
  async "question-forced"(page) {
    await simulate(page, "lost-reply");
    await ask(page, "web-01-data");
    await page.getByTestId("force").check();
    await page.getByTestId("code-details").locator("summary").click();
  },
  async "question-several"(page) {
    await select(page, "web-01-data", "web-01-archive");
    await showServer(page, "legacy-01");
    await select(page, "legacy-01-frozen");
    await page.getByTestId("detach-selected").click();
  },
  async waiting(page) {
    await detach(page, "web-01-data");
    await reaches(operation(page), "waiting");
  },
  async unclear(page) {
    await simulate(page, "lost-reply");
    await detach(page, "web-01-data");
    await reaches(operation(page), "settling");
  },
  async busy(page) {
    await simulate(page, "wait-busy");
    await detach(page, "web-01-data");
    await expect(operation(page).getByTestId("phase")).toHaveAttribute("data-failure", "throttled");
  },
  async "asked-again"(page) {
    await simulate(page, "throttled");
    await detach(page, "web-01-data");
    await reaches(operation(page), "waiting");
  },
  async detached(page, cloud) {
    await detach(page, "web-01-data");
    await reaches(operation(page), "waiting");
    cloud.pass(TASK_MS);
    await reaches(operation(page), "detached");
  },
  async refused(page) {
    await simulate(page, "server-locked");
    await detach(page, "web-01-data");
    await reaches(operation(page), "failed");
  },
  async cancelled(page) {
    await detach(page, "web-01-data");
    await reaches(operation(page), "waiting");
    await operation(page).getByTestId("cancel").click();
    await expect(operation(page).getByTestId("aftermath")).toHaveAttribute("data-aftermath", "detaching");
  },
  async several(page) {
    await select(page, "web-01-data", "web-01-logs");
    await showServer(page, "legacy-01");
    await select(page, "legacy-01-frozen");
    await detachSelected(page);
    await reaches(page.getByTestId("operation").filter({ hasText: "web-01-data" }), "waiting");
    await reaches(page.getByTestId("operation").filter({ hasText: "legacy-01-frozen" }), "failed");
  },
};

for (const locale of ["en-GB", "zh-CN"]) {
  test.describe(locale, () => {
    // High enough for all of the page.
    test.use({ locale, viewport: { width: 1280, height: 1130 } });
    test.skip(
      locale === "zh-CN" && !process.env.CI && !hasChineseFont(),
      "the font of the pictures, Noto Sans CJK SC, is missing",
    );

    for (const [name, act] of Object.entries(states)) {
      test(name, async ({ blank, site, cloud }) => {
        await stopClock(blank);
        await load(blank, site);
        await act(blank, cloud);
        await picture(blank, locale, name);
        await checkAccessibility(blank);
      });
    }

    test("loading", async ({ blank, site }) => {
      await blank.route(/\/cloudservers\/detail/, () => {});
      await blank.goto(site);
      await expect(blank.getByTestId("servers").getByRole("status")).toBeAttached();
      await picture(blank, locale, "loading");
      await checkAccessibility(blank);
      await blank.unrouteAll({ behavior: "ignoreErrors" });
    });

    test("nothing can be loaded", async ({ blank, site }) => {
      await blank.route(/\/cloudservers\/detail/, (route) => route.abort());
      await blank.goto(site);
      const failure = blank.getByTestId("load-error");
      await expect(failure).toBeVisible();
      await picture(blank, locale, "not-loaded");
      await checkAccessibility(blank);
      await blank.unrouteAll();
      await failure.getByRole("button").click();
      await expect(blank.getByTestId("disk-row")).toHaveCount(4);
    });

    test("no servers, no disks", async ({ blank, site }) => {
      await blank.route(/\/cloudservers\/detail/, (route) => route.fulfill({ json: { servers: [] } }));
      await blank.goto(site);
      await expect(blank.getByTestId("servers").getByRole("button")).toHaveCount(0);
      await picture(blank, locale, "no-servers");
      await blank.unrouteAll();
      await blank.route(/\/block_device/, (route) => route.fulfill({ json: { volumeAttachments: [] } }));
      await blank.reload();
      await expect(blank.getByTestId("server")).toHaveCount(3);
      await expect(blank.getByTestId("disk-row")).toHaveCount(0);
      await checkAccessibility(blank);
    });

    test("in the dark", async ({ blank, site }) => {
      await blank.emulateMedia({ colorScheme: "dark" });
      await stopClock(blank);
      await load(blank, site);
      await simulate(blank, "lost-reply");
      await detach(blank, "web-01-data");
      await reaches(operation(blank), "settling");
      await select(blank, "web-01-archive");
      await picture(blank, locale, "dark");
    });

    test("in a narrow window", async ({ blank, site }) => {
      await blank.setViewportSize({ width: 320, height: 740 });
      await stopClock(blank);
      await load(blank, site);
      await select(blank, "web-01-data", "web-01-logs");
      await blank.getByTestId("detach-selected").click();
      await picture(blank, locale, "narrow-question");
      await checkAccessibility(blank);
      await blank.getByTestId("confirm").click();
      await reaches(operation(blank), "waiting");
      await checkAccessibility(blank);
      await blank.evaluate(() => scrollTo(0, 0));
      await picture(blank, locale, "narrow");
    });
  });
}
