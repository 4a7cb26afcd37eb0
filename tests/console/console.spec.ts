import { test as base, expect, type Page } from "@playwright/test";
import { serveConsole } from "../../www/serve.ts";
import { createSimulator, DISK_IDS, type Simulator } from "../simulator/index.ts";

/** A console of its own for each test, on a simulator whose jobs stay where they are until the test says so. */
const test = base.extend<{ simulator: Simulator; console: Page; complaints: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  simulator: async ({}, use) => use(createSimulator({ jobDurationMs: 3_600_000 })),
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
  console: async ({ page, simulator, complaints }, use) => {
    const pages = process.env.CONSOLE_PAGES ?? "";
    const server = await serveConsole({ simulator, pages });
    await page.goto(server.url);
    await expect(page.getByTestId("disk-row").first()).toBeVisible();
    await use(page);
    await server.close();
    expect(complaints).toEqual([]);
  },
});

const deletes = (simulator: Simulator) => simulator.requests.filter(({ method }) => method === "DELETE");

async function detach(page: Page, disk: string) {
  await page.getByRole("button", { name: `Detach ${disk}`, exact: true }).click();
  await page.getByTestId("confirm").click();
}

/** A picture without what differs from run to run. */
async function picture(page: Page, name: string) {
  const mask = [page.getByText(/\d\d:\d\d:\d\d/), page.getByText(/^\d+ ms$/)];
  await page.mouse.move(0, 0);
  await expect(page).toHaveScreenshot(`${name}.png`, { mask });
}

test("a disk is detached under the strict policy, and the exchange is shown", async ({
  console,
  simulator,
}) => {
  await picture(console, "loaded");
  await console.getByRole("button", { name: "Detach web-01-data", exact: true }).click();
  await expect(console.getByTestId("detach-dialog")).toContainText("does not delete the disk");
  await picture(console, "confirm");
  await console.getByTestId("confirm").click();

  const operation = console.getByTestId("operation").first();
  await expect(operation).toHaveAttribute("data-phase", "accepted");
  await expect(console.getByTestId("http-request")).toContainText("DELETE");
  await expect(console.getByTestId("http-request")).toContainText(`${DISK_IDS.webData}?delete_flag=0`);
  await expect(console.getByTestId("http-request")).toContainText("••••");
  await expect(console.getByTestId("http-body")).toContainText("job_id");
  await picture(console, "accepted");
  expect(deletes(simulator).map(({ url }) => url.split("?")[1])).toEqual(["delete_flag=0"]);
});

test("the detached disk disappears when the job is done", async ({ page, complaints }) => {
  let now = Date.UTC(2026, 0, 1);
  const simulator = createSimulator({ now: () => now });
  const server = await serveConsole({ simulator, pages: process.env.CONSOLE_PAGES ?? "" });
  await page.goto(server.url);
  await detach(page, "web-01-data");
  await expect(page.getByTestId("operation").first()).toHaveAttribute("data-phase", "accepted");
  now += 60_000;
  await expect(page.getByTestId("operation").first()).toHaveAttribute("data-phase", "detached");
  await expect(page.getByRole("row", { name: /web-01-data/ })).toHaveCount(0);
  expect(complaints).toEqual([]);
  await server.close();
});

test("a refusal is shown with its code and what it means", async ({ console, simulator }) => {
  await console.getByLabel("Simulate").selectOption("disk-busy");
  await detach(console, "web-01-data");
  const operation = console.getByTestId("operation").first();
  await expect(operation).toHaveAttribute("data-phase", "failed");
  await expect(operation).toHaveAttribute("data-kind", "conflict");
  await expect(operation).toContainText("Ecs.0603");
  await picture(console, "refused");
  expect(deletes(simulator)).toHaveLength(1);
});

test("a throttled detach is repeated as the service asks, and every attempt is shown", async ({
  console,
  simulator,
}) => {
  await console.clock.install();
  await console.getByLabel("Simulate").selectOption("throttled");
  await detach(console, "web-01-data");
  await expect(console.getByTestId("exchange")).toContainText("429");
  expect(deletes(simulator)).toHaveLength(1);
  await console.clock.runFor(6_000);
  await expect(console.getByTestId("operation").first()).toHaveAttribute("data-phase", "accepted");
  expect(deletes(simulator).map(({ answered }) => answered)).toEqual([429, 200]);
});

test("a lost reply is shown as doubt, and the request is not repeated", async ({ console, simulator }) => {
  await console.getByLabel("Simulate").selectOption("lost-reply");
  await detach(console, "web-01-data");
  const operation = console.getByTestId("operation").first();
  await expect(operation).toHaveAttribute("data-kind", "network");
  await expect(operation.getByTestId("fate")).toBeVisible();
  expect(deletes(simulator)).toHaveLength(1);
});

test("force is explained and sent", async ({ console, simulator }) => {
  await console.getByRole("button", { name: "Detach web-01-logs", exact: true }).click();
  await console.getByLabel("Force the detach").check();
  await console.getByTestId("confirm").click();
  await expect(console.getByTestId("operation").first()).toHaveAttribute("data-phase", "accepted");
  expect(deletes(simulator)[0]?.url).toContain("delete_flag=1");
});

test("the system disk is protected and says why", async ({ console }) => {
  const button = console.getByRole("button", { name: "Detach web-01-system", exact: true });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAccessibleDescription(/starts from this disk/);
});

test("a detach is done with the keyboard alone", async ({ console, simulator }) => {
  await console.getByRole("button", { name: "Detach web-01-data", exact: true }).focus();
  await console.keyboard.press("Enter");
  await expect(console.getByTestId("detach-dialog")).toBeVisible();
  await console.getByTestId("confirm").focus();
  await console.keyboard.press("Enter");
  await expect(console.getByTestId("operation").first()).toHaveAttribute("data-phase", "accepted");
  await expect(console.getByTestId("detach-dialog")).toBeHidden();
  expect(deletes(simulator)).toHaveLength(1);
});

test("Escape closes the dialog, gives the focus back, and sends nothing", async ({ console, simulator }) => {
  const button = console.getByRole("button", { name: "Detach web-01-data", exact: true });
  await button.click();
  await console.keyboard.press("Escape");
  await expect(console.getByTestId("detach-dialog")).toBeHidden();
  await expect(button).toBeFocused();
  expect(deletes(simulator)).toHaveLength(0);
});

test("a detach that hangs is cancelled, and says that it may have started", async ({ console }) => {
  await console.getByLabel("Simulate").selectOption("no-answer");
  await detach(console, "web-01-data");
  await console.getByRole("button", { name: "Cancel detaching web-01-data" }).click();
  const operation = console.getByTestId("operation").first();
  await expect(operation).toHaveAttribute("data-kind", "aborted");
  await expect(operation.getByTestId("fate")).toBeVisible();
});
