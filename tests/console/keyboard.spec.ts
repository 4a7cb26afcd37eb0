// With the keyboard alone, and what is told to those who do not see the page.
import type { Page } from "@playwright/test";
import { ask, detach, expect, operation, reaches, TASK_MS, test } from "./fixture.ts";

/** Goes on with the Tab key until an element has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    const focused = page.locator(":focus");
    const isThere = (await focused.count()) > 0;
    const label = isThere && ((await focused.getAttribute("aria-label")) ?? (await focused.textContent()));
    if (label === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the Tab key does not reach "${name}"`);
}

test("a disk is detached, cancelled and followed again", async ({ console, cloud }) => {
  await tabTo(console, "Detach web-01-data");
  await console.keyboard.press("Enter");
  await expect(console.getByTestId("detach-dialog")).toBeVisible();
  await tabTo(console, "Detach");
  await console.keyboard.press("Enter");
  await expect(console.getByTestId("detach-dialog")).toBeHidden();
  await reaches(operation(console), "waiting");
  await expect(console.getByTestId("status")).toHaveText("The detachment of web-01-data was accepted.");
  await tabTo(console, "Cancel detaching web-01-data");
  await console.keyboard.press("Enter");
  await reaches(operation(console), "failed");
  await expect(console.getByTestId("status")).toHaveText("web-01-data: Cancelled.");
  // The row takes the focus that its button had.
  await expect(console.locator(":focus")).toHaveAttribute("data-testid", "disk-row");
  await tabTo(console, "Follow again: the task for web-01-data");
  await console.keyboard.press("Enter");
  await reaches(operation(console), "waiting");
  await expect(operation(console).getByTestId("operation-title")).toBeFocused();
  await expect(console.getByTestId("status")).toHaveText("Following the task for web-01-data again.");
  cloud.pass(TASK_MS);
  await reaches(operation(console), "detached");
  await expect(console.getByTestId("status")).toHaveText("web-01-data is detached, confirmed.");
});

test("what holds up a wait is told at once, its end as well, and no seconds are counted", async ({
  console,
  cloud,
}) => {
  const status = console.getByTestId("status");
  await expect(status).toHaveAttribute("aria-live", "polite");
  await expect(console.getByTestId("alert")).toHaveAttribute("aria-live", "assertive");
  const said: string[] = [];
  await console.exposeFunction("hear", (words: string) => said.push(words));
  await status.evaluate((region) => {
    const hear = (globalThis as unknown as { hear: (words: string) => void }).hear;
    new MutationObserver(() => region.textContent && hear(region.textContent)).observe(region, {
      childList: true,
    });
  });
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  cloud.faults.add({ path: /\/jobs\//, times: 1, fault: "throttle:3" });
  await expect(status).toHaveText("web-01-data: the service answers again.", { timeout: 15_000 });
  cloud.pass(TASK_MS);
  await reaches(operation(console), "detached");
  expect(said).toEqual([
    "Detaching web-01-data.",
    "The detachment of web-01-data was accepted.",
    "web-01-data: The service is limiting requests. Trying again in 3 s. The task goes on.",
    "web-01-data: the service answers again.",
    "web-01-data is detached, confirmed.",
  ]);
});

test("several disks are selected and detached", async ({ console, cloud }) => {
  for (const disk of ["Select web-01-data", "Select web-01-logs"]) {
    await tabTo(console, disk);
    await console.keyboard.press("Space");
  }
  await tabTo(console, "Detach selected");
  await console.keyboard.press("Enter");
  await tabTo(console, "Detach");
  await console.keyboard.press("Enter");
  await expect(console.getByTestId("detach-dialog")).toBeHidden();
  await expect(console.getByRole("heading", { name: "Disks", exact: true })).toBeFocused();
  await reaches(operation(console), "waiting");
  cloud.pass(TASK_MS);
  await expect(console.getByTestId("status")).toHaveText("1 of 2 detached.");
  await reaches(console.getByTestId("operation").nth(1), "waiting");
  cloud.pass(TASK_MS);
  await expect(console.getByTestId("status")).toHaveText("Finished: 2 of 2 detached.");
});

test("what is told while a question is open is told in it, where it is not inert", async ({
  console,
  cloud,
}) => {
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  await ask(console, "web-01-logs");
  cloud.pass(TASK_MS);
  const status = console.getByTestId("detach-dialog").getByTestId("status");
  await expect(status).toHaveText("web-01-data is detached, confirmed.");
  await console.keyboard.press("Escape");
  await expect(status).toHaveCount(0);
  await expect(console.getByTestId("status")).toHaveCount(1);
});

test("nothing comes together with the region that tells it, also where the font is late", async ({
  console,
}) => {
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  await console.route(/\.woff2$/, () => {});
  await console.addInitScript(() => {
    new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      const regions = added.flatMap((node) =>
        node instanceof Element ? [...node.querySelectorAll("[aria-live]")] : [],
      );
      for (const region of regions) if (region.textContent) performance.mark("told-too-early");
    }).observe(document, { childList: true, subtree: true });
  });
  await console.reload({ waitUntil: "commit" });
  await reaches(operation(console), "waiting");
  await expect(console.getByTestId("status")).toHaveText("Following 1 task that was under way.");
  expect(await console.evaluate(() => performance.getEntriesByName("told-too-early").length)).toBe(0);
  await console.unrouteAll({ behavior: "ignoreErrors" });
});

test("whether a list could be loaded is told", async ({ console }) => {
  const alert = console.getByTestId("alert");
  const refresh = console.getByRole("button", { name: "Refresh disks" });
  await refresh.click();
  await expect(console.getByTestId("status")).toHaveText(/^Updated \d/);
  await console.route(/\/block_device$/, (route) => route.abort());
  await refresh.click();
  await expect(alert).toHaveText(/^Could not be refreshed; last known state at \d/);
  await console.getByTestId("server").filter({ hasText: "db-01" }).click();
  await expect(alert).toHaveText(/^The disks could not be loaded\. /);
  await expect(alert).toBeEmpty({ timeout: 10_000 });
  await console.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toHaveText(/^The disks could not be loaded\. /);
  await console.unrouteAll();
  await console.route(/\/cloudservers\/detail/, (route) => route.abort());
  await console.reload();
  await expect(alert).toHaveText(/^The servers could not be loaded\. /);
  await console.unrouteAll();
});

test("Escape closes the dialog, gives the focus back, and sends nothing", async ({ console, cloud }) => {
  const button = console.getByRole("button", { name: "Detach web-01-data", exact: true });
  await button.click();
  await console.keyboard.press("Escape");
  await expect(console.getByTestId("detach-dialog")).toBeHidden();
  await expect(button).toBeFocused();
  expect(cloud.received("DELETE")).toHaveLength(0);
});
