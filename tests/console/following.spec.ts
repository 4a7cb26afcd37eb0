// The task goes on: after a cancel, and after a reload of the page.

import { PROJECT_ID } from "../simulator/index.ts";
import {
  detach,
  detachSelected,
  expect,
  load,
  operation,
  reaches,
  row,
  select,
  showServer,
  simulate,
  TASK_MS,
  test,
} from "./fixture.ts";

test("a cancelled detach goes on, and can be followed again", async ({ console, cloud }) => {
  await detach(console, "web-01-data");
  const entry = operation(console);
  await reaches(entry, "waiting");
  await console.getByRole("button", { name: "Cancel waiting for web-01-data" }).click();
  await reaches(entry, "failed");
  await expect(entry).toHaveAttribute("data-kind", "aborted");
  await expect(entry.getByTestId("operation-title")).toBeFocused();
  await expect(entry.getByTestId("explanation")).toContainText(
    "The service has accepted the request to detach the disk",
  );
  await expect(entry.getByTestId("aftermath")).toContainText("is being detached");

  await console.getByRole("button", { name: "Follow again: the task for web-01-data" }).click();
  await reaches(entry, "waiting");
  cloud.pass(TASK_MS);
  await reaches(entry, "detached");
  await expect(entry.getByTestId("operation-title")).toHaveText("Detached, confirmed");
  await expect(row(console, "web-01-data")).toHaveCount(0);
  expect(cloud.received("DELETE")).toHaveLength(1);
});

test("after a cancel, a look at the disk tells what became of it", async ({ console, cloud }) => {
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  await row(console, "web-01-data").getByRole("button", { name: "Cancel detaching web-01-data" }).click();
  await reaches(operation(console), "failed");
  await showServer(console, "db-01");
  cloud.pass(TASK_MS);
  await console.getByRole("button", { name: "Look at the disk web-01-data in the list" }).click();
  await expect(console.getByTestId("server-title")).toHaveText("web-01");
  await expect(operation(console).getByTestId("aftermath")).toContainText("no longer attached");
  await expect(row(console, "web-01-data")).toHaveCount(0);
  await expect(console.getByRole("button", { name: /Follow again/ })).toHaveCount(0);
});

test("a disk that comes off after its detach was given up is told as off, and nothing else", async ({
  console,
  cloud,
}) => {
  await select(console, "web-01-data", "web-01-logs");
  await detachSelected(console);
  const entry = operation(console);
  await reaches(entry, "waiting");
  await console.getByRole("button", { name: /^Cancel all/ }).click();
  await expect(entry.getByTestId("remedy")).toContainText("Before you try again, wait for task");
  cloud.pass(TASK_MS);
  await expect(entry.getByTestId("operation-title")).toHaveText("Detached, confirmed");
  await expect(console.getByTestId("status")).toHaveText("web-01-data is detached, confirmed.");
  await expect(entry).toHaveAttribute("data-tone", "ok");
  await expect(entry).toContainText("Before that, the wait had ended: Cancelled.");
  await expect(entry.getByTestId("explanation")).toHaveCount(0);
  await expect(entry.getByTestId("remedy")).toHaveCount(0);
  await expect(console.getByTestId("count")).toHaveText("1 of 2 detached, 1 cancelled");
});

test("a disk that stays although its task ended after a cancel is told as attached", async ({
  console,
  cloud,
}) => {
  await simulate(console, "task-fails");
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  await operation(console).getByTestId("cancel").click();
  await expect(operation(console).getByTestId("aftermath")).toContainText("is being detached");
  cloud.pass(TASK_MS);
  await expect(console.getByTestId("status")).toHaveText("web-01-data: Checked: the disk is still attached.");
});

test("a cancel before the service has answered says that it may have started", async ({ console }) => {
  await simulate(console, "no-answer");
  await detach(console, "web-01-data");
  await reaches(operation(console), "submitting");
  await console.getByRole("button", { name: "Cancel waiting for web-01-data" }).click();
  await expect(operation(console)).toHaveAttribute("data-kind", "aborted");
  await expect(operation(console).getByTestId("explanation")).toContainText(
    "It is not known whether the disk is being detached or has been detached.",
  );
  await expect(operation(console).getByTestId("aftermath")).toContainText("still attached");
  await expect(console.getByRole("button", { name: /Follow again/ })).toHaveCount(0);
});

test("a reload goes on with the task, to its end", async ({ console, cloud }) => {
  await showServer(console, "db-01");
  await detach(console, "db-01-data");
  await reaches(operation(console), "waiting");
  await console.reload();

  await reaches(operation(console), "waiting");
  await expect(operation(console)).toContainText("db-01-data from db-01");
  await expect(operation(console)).toContainText("Resumed");
  await expect(console.getByTestId("status")).toContainText("Following 1 task that was under way.");
  await showServer(console, "db-01");
  await expect(row(console, "db-01-data")).toContainText("Detaching");
  cloud.pass(TASK_MS);
  await reaches(operation(console), "detached");
  await expect(operation(console).getByTestId("operation-title")).toHaveText("Detached, confirmed");
  await expect(row(console, "db-01-data")).toHaveCount(0);
  expect(cloud.received("DELETE")).toHaveLength(1);

  // What has ended is not followed again.
  await console.reload();
  await expect(console.getByTestId("activity")).toContainText("Nothing detached yet");
});

test("a reset of the demo forgets the tasks", async ({ console }) => {
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  await console.getByTestId("reset").click();
  await expect(console.getByTestId("activity")).toContainText("Nothing detached yet");
  await console.reload();
  await expect(row(console, "web-01-data")).toContainText("In use");
  await expect(console.getByTestId("activity")).toContainText("Nothing detached yet");
});

test("a task that fails while the page is loaded again says so", async ({ console, cloud }) => {
  await simulate(console, "task-fails");
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  const simulation = operation(console).getByTestId("simulation");
  await expect(simulation).toContainText("cannot finish it");
  cloud.pass(TASK_MS);
  await console.reload();
  await reaches(operation(console), "failed");
  // What there was to see is not to be seen again.
  await expect(simulation).toHaveText("Simulated before the reload: Task fails (Ecs.1002).");
  await expect(operation(console)).toHaveAttribute("data-kind", "job-failed");
  await expect(operation(console).getByTestId("aftermath")).toContainText("still attached");
});

test("of a task that the service has forgotten after a reload, the disk tells", async ({
  console,
  cloud,
}) => {
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  cloud.faults.add({ path: /\/jobs\//, fault: "job-vanishes" });
  cloud.pass(TASK_MS);
  await console.reload();
  await reaches(operation(console), "detached");
  await expect(operation(console).getByTestId("operation-title")).toHaveText("Detached, confirmed");
  expect(cloud.received("DELETE")).toHaveLength(1);
});

test("where the disk is still there, too, the task is not followed for ever", async ({ console, cloud }) => {
  await console.clock.install();
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  cloud.faults.add({ path: /\/jobs\//, fault: "job-vanishes" });
  await console.reload();
  await reaches(operation(console), "waiting");
  // One look is not enough: time goes on while the replies come.
  await expect(async () => {
    await console.clock.runFor(10_000);
    await expect(operation(console)).toHaveAttribute("data-phase", "failed", { timeout: 300 });
  }).toPass({ timeout: 15_000 });
  await expect(operation(console)).toHaveAttribute("data-kind", "not-found");
  await expect(operation(console).getByTestId("aftermath")).toContainText("is being detached");
  await console.reload();
  await expect(console.getByTestId("activity")).toContainText("Nothing detached yet");
});

test("the id of a task is kept until the fate of its disk is known", async ({ console, cloud }) => {
  await simulate(console, "wait-hour");
  await detach(console, "web-01-data");
  const entry = operation(console);
  await reaches(entry, "failed");
  await expect(entry).toHaveAttribute("data-kind", "throttled");
  await expect(entry.getByTestId("remedy")).toContainText("The service asks you to wait at least 60 min.");
  // Neither the end of the wait nor a cancel is the end of the task.
  await console.reload();
  await reaches(entry, "waiting");
  await entry.getByTestId("cancel").click();
  await reaches(entry, "failed");
  await console.reload();
  await reaches(entry, "waiting");
  cloud.pass(TASK_MS);
  await reaches(entry, "detached");
  expect(cloud.received("DELETE")).toHaveLength(1);
  await console.reload();
  await expect(console.getByTestId("activity")).toContainText("Nothing detached yet");
});

test("a task that another version of the page has remembered is left alone", async ({ blank, site }) => {
  await blank.addInitScript((projectId) => {
    const target = { server: { id: "s" }, disk: { volumeId: "v", name: "d" } };
    const task = { ...target, jobId: "j", projectId, startedAt: 0, isForced: false, simulated: "Lost reply" };
    sessionStorage.setItem("ecs-console-tasks", JSON.stringify([task, null, {}]));
  }, PROJECT_ID);
  await load(blank, site);
  await expect(blank.getByTestId("activity")).toContainText("Nothing detached yet");
});
