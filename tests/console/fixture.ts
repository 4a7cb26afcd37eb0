// A console of its own for each test, with a cloud whose time stands still until the test lets it pass.
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { CONTENT_SECURITY_POLICY } from "../../www/policy.ts";
import { serveConsole } from "../../www/serve.ts";
import { type Cloud, createCloud } from "./cloud.ts";

export { TASK_MS } from "./cloud.ts";
export { type Cloud, expect };

/** What the page's clock says where a test stops it. */
const NOON = new Date("2026-01-01T12:00:00Z");

interface Fixtures {
  cloud: Cloud;
  /** A page that has loaded nothing yet; what it complains of later fails the test. */
  blank: Page;
  /** The URL of the console. */
  site: string;
  /** The console, loaded. */
  console: Page;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  cloud: async ({}, use) => use(createCloud()),
  blank: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      // Chromium writes a line for every reply that is an error; those are the simulator's, and wanted.
      const isReply = message.text().startsWith("Failed to load resource");
      if (["error", "warning"].includes(message.type()) && !isReply) complaints.push(message.text());
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
  site: async ({ cloud }, use) => {
    const server = await serveConsole({ simulator: cloud, pages: process.env.CONSOLE_PAGES ?? "" });
    await use(server.url);
    await server.close();
  },
  console: async ({ blank, site }, use) => {
    await load(blank, site);
    await use(blank);
  },
});

export async function load(page: Page, site: string): Promise<void> {
  const response = await page.goto(site);
  expect(await response?.headerValue("Content-Security-Policy")).toBe(CONTENT_SECURITY_POLICY);
  await expect(row(page, "web-01-data")).toBeVisible();
}

export function row(page: Page, disk: string): Locator {
  return page.getByTestId("disk-row").filter({ hasText: disk });
}

/** The entry of the last detach. */
export function operation(page: Page): Locator {
  return page.getByTestId("operation").first();
}

export async function showServer(page: Page, server: string): Promise<void> {
  await page.getByTestId("server").filter({ hasText: server }).click();
  await expect(page.getByTestId("server-title")).toHaveText(server);
  await expect(page.getByTestId("disk-row").first()).toBeVisible();
}

export async function simulate(page: Page, fault: string): Promise<void> {
  await page.getByTestId("fault").selectOption(fault);
}

/** Opens the question about one disk. */
export async function ask(page: Page, disk: string): Promise<void> {
  await row(page, disk).getByTestId("detach").click();
}

export async function detach(page: Page, disk: string): Promise<void> {
  await ask(page, disk);
  await page.getByTestId("confirm").click();
}

export async function select(page: Page, ...disks: string[]): Promise<void> {
  for (const disk of disks) await row(page, disk).getByTestId("choice").check();
}

export async function detachSelected(page: Page): Promise<void> {
  await page.getByTestId("detach-selected").click();
  await page.getByTestId("confirm").click();
}

/** Waits until a detach has come that far, or has ended so. */
export async function reaches(entry: Locator, phase: string): Promise<void> {
  await expect(entry).toHaveAttribute("data-phase", phase, { timeout: 15_000 });
}

/** What has more in it than it is wide. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("html, header, nav, section, dialog[open]")]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ localName, className }) => `${localName}.${className}`),
  );
}

/** Makes the page's own clock stand still, so that every picture shows the same time. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.setFixedTime(NOON);
}

/** Compares what is to be seen with the picture of that name. */
export async function picture(page: Page, language: string, name: string): Promise<void> {
  await settle(page);
  // How long an exchange took differs from run to run.
  const mask = [page.getByTestId("exchange").getByText(/^\d+ ms$/)];
  await expect(page).toHaveScreenshot([language, `${name}.png`], { mask, maskColor: "#9aa5ab" });
}

/** Waits until nothing on the page moves, but for what turns as long as something is going on. */
export async function settle(page: Page): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  );
}
