// One disk: from the question to the outcome, with what can go wrong on the way.
import { DISK_IDS } from "../simulator/index.ts";
import { detach, expect, operation, reaches, row, simulate, TASK_MS, test } from "./fixture.ts";

test("a disk is detached step by step, and the outcome is confirmed", async ({ console, cloud }) => {
  await console.getByRole("button", { name: "Detach web-01-data", exact: true }).click();
  await expect(console.getByTestId("detach-dialog")).toContainText("does not delete the disk");
  await console.getByTestId("confirm").click();

  const entry = operation(console);
  const bar = entry.getByRole("progressbar");
  await reaches(entry, "waiting");
  await expect(entry).toContainText("INIT");
  await expect(bar).toHaveAttribute("aria-valuetext", /^Step 3 of 4/);
  expect(await bar.getAttribute("aria-valuenow")).toBeNull();
  await expect(row(console, "web-01-data")).toContainText("Detaching");

  cloud.pass(TASK_MS);
  await reaches(entry, "detached");
  await expect(entry.getByTestId("operation-title")).toHaveText("Detached, confirmed");
  await expect(row(console, "web-01-data")).toHaveCount(0);
  expect(cloud.received("DELETE")).toEqual([expect.stringContaining(`${DISK_IDS.webData}?delete_flag=0`)]);
});

test("the exchanges are shown as they went over the wire, secrets masked", async ({ console }) => {
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  const exchanges = console.getByTestId("http-exchange");
  await expect(exchanges.nth(0)).toContainText("GET");
  const request = exchanges.nth(1);
  await expect(request).toContainText("DELETE");
  await expect(request.getByTestId("http-request")).toContainText(`${DISK_IDS.webData}?delete_flag=0`);
  await expect(request.getByTestId("http-request")).toContainText("••••");
  await expect(request.getByTestId("http-body")).toContainText("job_id");
});

test("the time that passes is shown", async ({ console }) => {
  await console.clock.install();
  await detach(console, "web-01-data");
  await reaches(operation(console), "waiting");
  await console.clock.runFor(65_000);
  await expect(operation(console).getByTestId("elapsed")).toContainText("1 min 5 s");
});

test("force is explained and sent", async ({ console, cloud }) => {
  await console.getByRole("button", { name: "Detach web-01-logs", exact: true }).click();
  await console.getByLabel("Force the detachment").check();
  await console.getByTestId("confirm").click();
  await reaches(operation(console), "waiting");
  expect(cloud.received("DELETE")).toEqual([expect.stringContaining("delete_flag=1")]);
});

test("the system disk is protected and says why", async ({ console }) => {
  const button = console.getByRole("button", { name: "Detach web-01-system", exact: true });
  await expect(button).toBeDisabled();
  await expect(button).toHaveAttribute("title", /starts from this disk/);
  await expect(button).toHaveAccessibleDescription("Boot disk, protected");
  const choice = console.getByRole("checkbox", { name: "Select web-01-system" });
  await expect(choice).toBeDisabled();
  await expect(choice).toHaveAccessibleDescription("Boot disk, protected");
});

test.describe("what goes wrong", () => {
  test("a lost reply ends as detached, confirmed, with one request", async ({ console, cloud }) => {
    await simulate(console, "lost-reply");
    await detach(console, "web-01-data");
    const entry = operation(console);
    await reaches(entry, "settling");
    await expect(entry.getByTestId("phase")).toContainText("not clear");
    cloud.pass(TASK_MS);
    await reaches(entry, "detached");
    await expect(entry.getByTestId("operation-title")).toHaveText("Detached, confirmed");
    expect(cloud.received("DELETE")).toHaveLength(1);
  });

  test("a refusal is shown with its code and what it means", async ({ console, cloud }) => {
    await simulate(console, "server-locked");
    await detach(console, "web-01-data");
    const entry = operation(console);
    await reaches(entry, "failed");
    await expect(entry).toHaveAttribute("data-kind", "conflict");
    await expect(entry).toContainText("Ecs.0605");
    await expect(entry.getByTestId("explanation")).toContainText(
      "This request has not changed anything on the disk.",
    );
    expect(cloud.received("DELETE")).toHaveLength(1);
    // The fault was for this one only.
    await expect(console.getByTestId("fault")).toHaveValue("none");
  });

  test("a throttled detach is repeated as the service asks", async ({ console, cloud }) => {
    await console.clock.install();
    await simulate(console, "throttled");
    await detach(console, "web-01-data");
    await expect(console.getByTestId("http-status").filter({ hasText: "429" })).toBeVisible();
    expect(cloud.received("DELETE")).toHaveLength(1);
    await console.clock.runFor(6_000);
    await reaches(operation(console), "waiting");
    expect(cloud.received("DELETE")).toHaveLength(2);
  });

  test("a task that fails says why, and that the disk is still there", async ({ console, cloud }) => {
    await simulate(console, "task-fails");
    await detach(console, "web-01-data");
    const entry = operation(console);
    await reaches(entry, "waiting");
    cloud.pass(TASK_MS);
    await reaches(entry, "failed");
    await expect(entry).toHaveAttribute("data-kind", "job-failed");
    await expect(entry).toContainText("Ecs.1002");
    await expect(entry.getByTestId("aftermath")).toContainText("still attached");
  });

  test("of a lost reply and a refused look, both are told", async ({ console }) => {
    await simulate(console, "fate-unknown");
    await detach(console, "web-01-data");
    const entry = operation(console);
    await reaches(entry, "failed");
    await expect(entry.getByTestId("operation-title")).toHaveText("No reply");
    await expect(entry.getByTestId("explanation")).toContainText(
      'The last request failed with: "A permission is missing".',
    );
    await expect(entry.getByTestId("aftermath")).toContainText("is being detached");
  });

  test("where the end of one detach cannot be seen, the list of the disks goes on", async ({
    console,
    cloud,
  }) => {
    await simulate(console, "disk-unreadable");
    await detach(console, "web-01-data");
    await reaches(operation(console), "waiting");
    cloud.pass(3_000);
    await reaches(operation(console), "failed");
    await expect(operation(console).getByTestId("aftermath")).toContainText("is being detached");
    await detach(console, "web-01-logs");
    await reaches(operation(console), "waiting");
    cloud.pass(TASK_MS);
    await reaches(operation(console), "detached");
    await expect(row(console, "web-01-logs")).toHaveCount(0);
    await expect(row(console, "web-01-data")).toHaveCount(0);
  });

  test("a disk that is off is gone from a list that cannot be refreshed", async ({ console, cloud }) => {
    await detach(console, "web-01-data");
    await reaches(operation(console), "waiting");
    await console.route(/\/block_device$/, (route) => route.abort());
    cloud.pass(TASK_MS);
    await reaches(operation(console), "detached");
    await expect(console.getByTestId("disks")).toContainText("Could not be refreshed");
    await expect(row(console, "web-01-data")).toHaveCount(0);
    await expect(row(console, "web-01-logs")).toContainText("In use");
  });

  test("a disk that stays for a while after its task is waited for", async ({ console, cloud }) => {
    await simulate(console, "disk-lingers");
    await detach(console, "web-01-data");
    const entry = operation(console);
    await reaches(entry, "waiting");
    cloud.pass(3_000);
    await reaches(entry, "confirming");
    cloud.pass(5_000);
    await reaches(entry, "detached");
  });
});
