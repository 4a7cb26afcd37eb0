// What happens in the middle of a wait: why it takes longer, when it goes on, and that it does.
import type { Page } from "@playwright/test";
import { detach, expect, operation, reaches, simulate, TASK_MS, test } from "./fixture.ts";

const phase = (page: Page) => operation(page).getByTestId("phase");
const status = (page: Page) => page.getByTestId("status");

test("a pause that the service asks for is counted down, and kept", async ({ console, cloud }) => {
  await console.clock.install();
  await simulate(console, "wait-busy");
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  const seconds = async () => {
    const said = /^The service is limiting requests\. Trying again in (\d+) s\. The task goes on\.$/;
    return Number(said.exec((await phase(console).textContent()) ?? "")?.[1]);
  };
  await expect(async () => {
    await console.clock.runFor(200);
    expect(await seconds()).toBeGreaterThan(6);
  }).toPass({ intervals: [100] });
  const asked = cloud.received("GET", /\/jobs\//).length;
  await console.clock.runFor(4000);
  expect(await seconds()).toBeLessThan(6);
  expect(cloud.received("GET", /\/jobs\//)).toHaveLength(asked);
  // The seconds are for those who see them: the bar's own words stay the same.
  const bar = operation(console).getByRole("progressbar");
  await expect(bar).toHaveAttribute(
    "aria-valuetext",
    /^Step 3 of 4: The service is limiting requests\. Trying again\./,
  );
  cloud.pass(TASK_MS);
  await console.clock.runFor(5000);
  await reaches(operation(console), "detached");
});

test("offline in the middle of a wait: it says so, and goes on by itself", async ({ console, cloud }) => {
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  await console.context().setOffline(true);
  await expect(phase(console)).toHaveAttribute("data-failure", "network");
  await expect(phase(console)).toContainText("There is no connection to the service.");
  await expect(status(console)).toContainText("web-01-data: There is no connection to the service.");
  await console.context().setOffline(false);
  await expect(status(console)).toHaveText("web-01-data: the service answers again.", { timeout: 20_000 });
  await expect(phase(console)).not.toHaveAttribute("data-failure");
  cloud.pass(TASK_MS);
  await reaches(operation(console), "detached");
  expect(cloud.received("DELETE")).toHaveLength(1);
});

test("a computer that slept in the middle of a wait looks once more before it gives up", async ({
  console,
  cloud,
}) => {
  await console.clock.install();
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  cloud.pass(11 * 60_000);
  await console.clock.fastForward("11:00");
  await reaches(operation(console), "detached");
  await expect(operation(console).getByTestId("elapsed")).toHaveCount(0);
  expect(cloud.received("DELETE")).toHaveLength(1);
});

test("a task that outlasts a sleep can be followed again", async ({ console, cloud }) => {
  await console.clock.install();
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  await console.clock.fastForward("11:00");
  await reaches(operation(console), "failed");
  await expect(operation(console)).toHaveAttribute("data-kind", "timeout");
  await console.getByRole("button", { name: "Follow again: the task for web-01-data" }).click();
  await reaches(operation(console), "waiting");
  cloud.pass(TASK_MS);
  await console.clock.runFor(5000);
  await reaches(operation(console), "detached");
});

test("a renewal that hangs holds up one question, not the wait", async ({ console, cloud }) => {
  await console.clock.install();
  await simulate(console, "renewal-hangs");
  await detach(console, "web-01-data");
  await expect(console.getByTestId("http-status").filter({ hasText: "401" })).toBeVisible();
  const asked = cloud.received("GET", /\/jobs\//).length;
  await console.clock.runFor(4000);
  expect(cloud.received("GET", /\/jobs\//)).toHaveLength(asked);
  await console.clock.runFor(1500);
  // The page was late, not the service.
  await expect(phase(console)).toHaveText(/^The service asks for a new login\. Trying again in \d s\./);
  await expect(async () => {
    await console.clock.runFor(1000);
    expect(cloud.received("GET", /\/jobs\//).length).toBeGreaterThan(asked);
  }).toPass();
  cloud.pass(TASK_MS);
  await console.clock.runFor(5000);
  await reaches(operation(console), "detached");
});
