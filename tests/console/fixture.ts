// A console of its own for each test, with a cloud whose time stands still until the test lets it pass.
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { serveConsole } from "../../www/serve.ts";
import { createSimulator, type Simulator } from "../simulator/index.ts";

export { expect };

export interface Cloud extends Simulator {
  /** Lets time pass in the cloud: tasks go on by it. */
  pass(ms: number): void;
  /** The requests of a method that it has received, and where. */
  received(method: string, path?: RegExp): string[];
}

/** Longer than a task takes. */
export const TASK_MS = 10_000;

interface Fixtures {
  cloud: Cloud;
  console: Page;
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  cloud: async ({}, use) => use(createCloud()),
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      // Chromium writes a line for every reply that is an error; those are the simulator's, and wanted.
      const isReply = message.text().startsWith("Failed to load resource");
      if (["error", "warning"].includes(message.type()) && !isReply) complaints.push(message.text());
    });
    await use(complaints);
  },
  console: async ({ page, cloud, complaints }, use) => {
    const server = await serveConsole({ simulator: cloud, pages: process.env.CONSOLE_PAGES ?? "" });
    await page.goto(server.url);
    await expect(row(page, "web-01-data")).toBeVisible();
    await use(page);
    await server.close();
    expect(complaints).toEqual([]);
  },
});

function createCloud(): Cloud {
  let now = Date.UTC(2026, 0, 1, 9, 30);
  const simulator = createSimulator({ now: () => now });
  return {
    ...simulator,
    pass: (ms) => {
      now += ms;
    },
    received: (method, path = /./) =>
      simulator.requests
        .filter((sent) => sent.method === method && path.test(sent.url))
        .map(({ url }) => url),
  };
}

export function row(page: Page, disk: string): Locator {
  return page.getByRole("row", { name: new RegExp(disk) });
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

export async function detach(page: Page, disk: string): Promise<void> {
  await page.getByRole("button", { name: `Detach ${disk}`, exact: true }).click();
  await page.getByTestId("confirm").click();
}

export async function select(page: Page, ...disks: string[]): Promise<void> {
  for (const disk of disks) await page.getByRole("checkbox", { name: `Select ${disk}` }).check();
}

export async function detachSelected(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Detach selected" }).click();
  await page.getByTestId("confirm").click();
}

/** Waits until a detach has come that far, or has ended so. */
export async function reaches(entry: Locator, phase: string): Promise<void> {
  await expect(entry).toHaveAttribute("data-phase", phase, { timeout: 15_000 });
}

/** Makes the page's own clock stand still, so that every picture shows the same time. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.setFixedTime(new Date("2026-01-01T10:00:00Z"));
  await page.getByRole("button", { name: "Refresh disks" }).click();
  await expect(page.getByText("Updated 10:00:00")).toBeVisible();
}

export async function picture(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  // How long an exchange took, and how much of the list is scrolled, differs from run to run.
  await page.evaluate(() => scrollTo(0, 0));
  // What fades in has done so; what turns for ever is stopped by `animations: "disabled"`.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  );
  await expect(page).toHaveScreenshot(`${name}.png`, { mask: [page.getByText(/^\d+ ms$/)] });
}
