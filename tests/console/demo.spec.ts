// The demo: files alone, below any path, with the server and the cloud in the page.
import { DEMO_POLICY } from "../../www/policy.ts";
import { type FileServer, serveFiles } from "./files.ts";
import {
  test as base,
  detach,
  detachSelected,
  expect,
  operation,
  reaches,
  row,
  select,
  simulate,
} from "./fixture.ts";

const PATH = "/some/where/console/";

const test = base.extend<{ demo: FileServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  demo: async ({}, use) => {
    const server = await serveFiles(process.env.CONSOLE_DEMO ?? "", PATH);
    await use(server);
    await server.close();
  },
});

test("a disk is detached, and no request leaves the page", async ({ blank, demo }) => {
  const sent: string[] = [];
  blank.on("request", (request) => sent.push(request.url()));
  await blank.goto(demo.url);
  await expect(row(blank, "web-01-data")).toBeVisible();
  await blank.evaluate(() => document.fonts.ready);
  expect(sent.filter((url) => !url.startsWith(demo.url))).toEqual([]);
  expect(demo.asked.filter((line) => !line.startsWith(`GET ${PATH}`))).toEqual([]);
  const loaded = sent.length;

  await detach(blank, "web-01-data");
  await reaches(operation(blank), "waiting");
  await expect(blank.getByTestId("http-exchange").nth(1)).toContainText("DELETE");
  await reaches(operation(blank), "detached");
  await expect(row(blank, "web-01-data")).toHaveCount(0);
  expect(sent.slice(loaded)).toEqual([]);
});

test("the policy is in the page itself, and allows no connection", async ({ blank, demo }) => {
  const response = await blank.goto(demo.url);
  expect(await response?.headerValue("Content-Security-Policy")).toBeNull();
  const policy = await blank.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toBe(DEMO_POLICY);
  expect(policy).toContain("connect-src 'none'");
  expect(policy).not.toContain("unsafe-inline");
});

test("faults are met, and an unanswered request can be cancelled", async ({ blank, demo }) => {
  await blank.goto(demo.url);
  await simulate(blank, "lost-reply");
  await detach(blank, "web-01-data");
  await reaches(operation(blank), "settling");
  await reaches(operation(blank), "detached");
  await simulate(blank, "no-answer");
  await detach(blank, "web-01-logs");
  await reaches(operation(blank), "submitting");
  await operation(blank).getByTestId("cancel").click();
  await reaches(operation(blank), "failed");
});

test("a question that hangs is not shown as waiting after all was cancelled", async ({ blank, demo }) => {
  await blank.goto(demo.url);
  await simulate(blank, "asleep");
  await select(blank, "web-01-data", "web-01-logs");
  await detachSelected(blank);
  await reaches(operation(blank), "waiting");
  const statuses = blank.getByTestId("http-status");
  await expect(statuses.last()).toHaveText("Waiting");
  await blank.getByRole("button", { name: /^Cancel all/ }).click();
  await reaches(blank.getByTestId("batch"), "done");
  await expect(statuses.filter({ hasText: "Cancelled" })).toHaveCount(1);
  await expect(statuses.filter({ hasText: "Waiting" })).toHaveCount(0);
});

test("a reload finds the same cloud and goes on with the task; a reset begins anew", async ({
  blank,
  demo,
}) => {
  await blank.goto(demo.url);
  await detach(blank, "web-01-logs");
  await reaches(operation(blank), "detached");
  await simulate(blank, "task-endless");
  await detach(blank, "web-01-data");
  await reaches(operation(blank), "waiting");
  const task = operation(blank).getByTestId("fact").filter({ hasText: "Task ID" });
  const jobId = await task.textContent();
  await blank.reload();
  await reaches(operation(blank), "waiting");
  expect(await task.textContent()).toBe(jobId);
  await expect(row(blank, "web-01-data")).toContainText("Detaching");
  await expect(row(blank, "web-01-logs")).toHaveCount(0);
  await blank.getByTestId("reset").click();
  await expect(row(blank, "web-01-logs")).toContainText("In use");
  await blank.reload();
  await expect(row(blank, "web-01-data")).toContainText("In use");
});
