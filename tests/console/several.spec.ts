// Several disks at once, of one server and of several.
import type { Page } from "@playwright/test";
import {
  detachSelected,
  expect,
  reaches,
  row,
  select,
  showServer,
  simulate,
  TASK_MS,
  test,
} from "./fixture.ts";

/** One disk of each. */
async function detachOfTwoServers(console: Page): Promise<void> {
  await select(console, "web-01-data");
  await showServer(console, "db-01");
  await select(console, "db-01-data");
  await detachSelected(console);
}

test("three disks of two servers, one of which fails", async ({ console, cloud }) => {
  await select(console, "web-01-data", "web-01-logs");
  await showServer(console, "legacy-01");
  await select(console, "legacy-01-frozen");
  await expect(console.getByTestId("selection")).toHaveText("3 disks selected on 2 servers");
  await console.getByRole("button", { name: "Detach selected" }).click();
  await expect(console.getByTestId("detach-dialog")).toContainText("Detach 3 disks?");
  await console.getByTestId("confirm").click();

  const batch = console.getByTestId("batch");
  const [data, logs, frozen] = await Promise.all(
    ["web-01-data", "web-01-logs", "legacy-01-frozen"].map((disk) =>
      console.getByTestId("operation").filter({ hasText: disk }),
    ),
  );
  if (!data || !logs || !frozen) throw new Error("three disks have three entries");
  await expect(batch.getByTestId("count")).toHaveText("0 of 3 detached, 1 failed");
  await expect(console.getByTestId("alert")).toHaveText(
    /^legacy-01-frozen: .+\. 0 of 3 detached, 1 failed\.$/,
  );
  await reaches(data, "waiting");
  await reaches(logs, "queued");
  await expect(console.getByTestId("selection")).toHaveText("No disk selected");

  cloud.pass(TASK_MS);
  await reaches(logs, "waiting");
  await expect(batch.getByTestId("count")).toHaveText("1 of 3 detached, 1 failed");
  cloud.pass(TASK_MS);
  await reaches(batch, "done");
  await expect(batch.getByTestId("count")).toHaveText("2 of 3 detached, 1 failed");
  await expect(batch.getByRole("progressbar").first()).toHaveAttribute("aria-valuenow", "3");
  await expect(data.getByTestId("operation-title")).toHaveText("Detached, confirmed");
  await expect(logs.getByTestId("operation-title")).toHaveText("Detached, confirmed");
  await expect(frozen).toHaveAttribute("data-kind", "conflict");
  await expect(frozen).toContainText("Ecs.0103");
  await expect(frozen.getByTestId("explanation")).toContainText(
    "This request has not changed anything on the disk.",
  );
  await expect(row(console, "legacy-01-frozen")).toContainText("In use");
  await showServer(console, "web-01");
  await expect(console.getByTestId("disk-row")).toHaveCount(2);
});

test("each entry shows its own exchanges", async ({ console, cloud }) => {
  await detachOfTwoServers(console);
  const data = console.getByTestId("operation").filter({ hasText: "db-01-data" });
  await reaches(data, "waiting");
  await data.getByRole("button", { name: "HTTP exchange for db-01-data" }).click();
  await expect(console.getByTestId("exchange")).toContainText("for db-01-data");
  cloud.pass(TASK_MS);
  await reaches(console.getByTestId("batch"), "done");
  // A look, the request, questions about the task, and another look.
  const lines = console.getByTestId("http-exchange");
  await expect(lines.first()).toContainText("GET");
  await expect(lines.nth(1)).toContainText("DELETE");
  await expect(lines.filter({ hasText: "Poll the task" }).first()).toBeVisible();
  await expect(lines.last()).toContainText("Look at the disk");
});

test("a cancel for all stops what has not begun, and says what goes on", async ({ console, cloud }) => {
  await select(console, "web-01-data", "web-01-logs");
  await detachSelected(console);
  const data = console.getByTestId("operation").filter({ hasText: "web-01-data" });
  const logs = console.getByTestId("operation").filter({ hasText: "web-01-logs" });
  await reaches(data, "waiting");
  await console.getByRole("button", { name: "Cancel all: stop waiting for 2 disks" }).click();
  await reaches(console.getByTestId("batch"), "done");
  await expect(console.getByTestId("batch-title")).toBeFocused();
  await expect(console.getByTestId("count")).toHaveText("0 of 2 detached, 2 cancelled");
  await expect(console.getByTestId("status")).toHaveText("Finished: 0 of 2 detached, 2 cancelled.");
  await expect(data.getByTestId("explanation")).toContainText(
    "The service has accepted the request to detach the disk",
  );
  await expect(logs.getByTestId("explanation")).toContainText(
    "This request has not changed anything on the disk.",
  );
  expect(cloud.received("DELETE")).toHaveLength(1);

  await data.getByRole("button", { name: "Follow again: the task for web-01-data" }).click();
  await reaches(console.getByTestId("batch"), "running");
  await console.getByRole("button", { name: "Cancel all: stop waiting for 2 disks" }).click();
  await reaches(console.getByTestId("batch"), "done");

  await data.getByRole("button", { name: "Follow again: the task for web-01-data" }).click();
  await reaches(console.getByTestId("batch"), "running");
  cloud.pass(TASK_MS);
  await reaches(data, "detached");
  await expect(console.getByTestId("count")).toHaveText("1 of 2 detached, 1 cancelled");
});

test("a fault meets the first disk only", async ({ console, cloud }) => {
  await simulate(console, "lost-reply");
  await detachOfTwoServers(console);
  await reaches(console.getByTestId("operation").filter({ hasText: "web-01-data" }), "settling");
  await reaches(console.getByTestId("operation").filter({ hasText: "db-01-data" }), "waiting");
  cloud.pass(TASK_MS);
  await reaches(console.getByTestId("batch"), "done");
  await expect(console.getByTestId("batch-title")).toHaveText("2 disks detached, confirmed");
  expect(cloud.received("DELETE")).toHaveLength(2);
  const simulations = console.getByTestId("simulation").filter({ visible: true });
  await expect(simulations).toHaveCount(1);
  const data = console.getByTestId("operation").filter({ hasText: "web-01-data" });
  await expect(data.getByTestId("simulation")).toContainText("Simulated: Lost reply.");
});

test("of a fault of a question, too, the first disk tells; of an outage, all", async ({ console }) => {
  const simulations = console.getByTestId("simulation").filter({ visible: true });
  const phase = (disk: string) =>
    console.getByTestId("operation").filter({ hasText: disk }).first().getByTestId("phase");
  await simulate(console, "wait-busy");
  await detachOfTwoServers(console);
  await expect(phase("web-01-data")).toHaveAttribute("data-failure", "throttled");
  await expect(phase("db-01-data")).not.toHaveAttribute("data-failure");
  await expect(simulations).toHaveCount(1);
  await expect(console.getByTestId("operation").first().getByTestId("simulation")).toBeVisible();
  await console.getByTestId("reset").click();

  await showServer(console, "web-01");
  await simulate(console, "wait-throttled");
  await detachOfTwoServers(console);
  await expect(phase("web-01-data")).toHaveAttribute("data-failure", "throttled");
  await expect(phase("db-01-data")).toHaveAttribute("data-failure", "throttled");
  await expect(simulations).toHaveCount(1);
  await expect(console.getByTestId("operation").first().getByTestId("simulation")).toBeHidden();
});

test("where no disk comes further, that is told once, and its end as well", async ({ console, cloud }) => {
  const status = console.getByTestId("status");
  await detachOfTwoServers(console);
  const entries = console.getByTestId("operation");
  await reaches(entries.nth(0), "waiting");
  await reaches(entries.nth(1), "waiting");
  await console.context().setOffline(true);
  await expect(status).toContainText("web-01-data, db-01-data: There is no connection to the service.");
  await console.context().setOffline(false);
  await expect(status).toContainText("the service answers again.", { timeout: 20_000 });
  cloud.pass(TASK_MS);
  await reaches(console.getByTestId("batch"), "done");
});

test("a reload goes on with every task that had begun", async ({ console, cloud }) => {
  await detachOfTwoServers(console);
  const entries = console.getByTestId("operation");
  await reaches(entries.nth(0), "waiting");
  await reaches(entries.nth(1), "waiting");
  await console.reload();
  await expect(entries).toHaveCount(2);
  cloud.pass(TASK_MS);
  await reaches(entries.nth(0), "detached");
  await reaches(entries.nth(1), "detached");
  await expect(row(console, "web-01-data")).toHaveCount(0);
  expect(cloud.received("DELETE")).toHaveLength(2);
});

test("all data disks of a server are selected at once, its system disk is not", async ({ console }) => {
  const all = console.getByRole("checkbox", { name: "Select all data disks of this server" });
  await all.check();
  await expect(console.getByTestId("selection")).toHaveText("3 disks selected");
  await expect(console.getByRole("checkbox", { name: "Select web-01-system" })).not.toBeChecked();
  await console.getByRole("checkbox", { name: "Select web-01-logs" }).uncheck();
  await expect(all).toBeChecked({ indeterminate: true });
  await console.getByRole("button", { name: "Clear selection" }).click();
  await expect(console.getByTestId("selection")).toHaveText("No disk selected");
  await expect(console.getByRole("button", { name: "Detach selected" })).toBeDisabled();
});
