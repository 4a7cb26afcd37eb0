// The recipes of docs/testing.md, each in the tool that it is for.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { detachVolumeAndWait, isEcsError } from "ecs-detach-volume";
import { cloud, DATA_DISK_ID, PROJECT_ID, SERVER_ID } from "ecs-detach-volume/testing";
import { root } from "../../scripts/lib/run.mjs";
import { findChromium } from "../../scripts/lib/toolchain.mjs";
import { inVirtualTime } from "../loader/virtual-time.ts";
import * as stories from "./testing/detach.stories.ts";
import { answerFrom } from "./testing/playwright.ts";

const here = import.meta.dirname;
const program = (path: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [join(here, "node_modules", path), ...args], {
    cwd: join(here, "testing"),
    env: { ...process.env, CI: "1", NO_COLOR: "1", NODE_OPTIONS: "" },
  });

test("Vitest runs its recipe", async () => {
  const { stdout } = await program("vitest/vitest.mjs", "run", "--no-cache");
  assert.match(stdout, /Tests\s+3 passed/);
});

test("Jest runs its recipe, in CommonJS", async () => {
  const args = ["--rootDir", ".", "--testMatch", "**/*.jest.cjs", "--no-cache", "--runInBand"];
  const { stderr } = await program("jest/bin/jest.js", ...args);
  assert.match(stderr, /Tests:\s+3 passed, 3 total/);
});

test("each story shows what its name says, again and again", async () => {
  const { default: _, ...shown } = stories;
  const ends = {
    Detached: "detached",
    Throttled: "detached",
    ReplyLost: "detached",
    Offline: "detached",
    TaskFails: "job-failed",
    NotAllowed: "forbidden",
  };
  assert.deepEqual(Object.keys(shown).sort(), Object.keys(ends).sort());
  for (const [name, { args, beforeEach }] of Object.entries(shown)) {
    const options = { ...args, endpoint: "https://console.example.com/api/ecs" };
    for (let times = 0; times < 2; times += 1) {
      const end = await inVirtualTime(async () => {
        beforeEach();
        return detachVolumeAndWait(options).then(
          () => "detached",
          (error) => isEcsError(error) && error.kind,
        );
      });
      assert.equal(end, ends[name as keyof typeof ends], name);
    }
  }
});

test("a page under Playwright talks to a cloud in the test", {
  skip: !findChromium().browser && !process.env.CI && "there is no Chromium",
}, async (t) => {
  const executablePath = findChromium().browser ?? "";
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  t.after(() => browser.close());
  const page = await browser.newPage();
  const script = readFileSync(join(root, "pkg/index.js"), "utf8");
  await page.route("**/*", (route) =>
    route.request().url().endsWith("/index.js")
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Console</title>" }),
  );
  const myCloud = cloud({ taskMs: 0, faults: ["throttle:0", { fault: "drop-before", on: "task" }] });
  await answerFrom(myCloud, page);
  await page.goto("https://console.example.com/");
  const confirmedBy = await page.evaluate(
    async ([projectId, serverId, volumeId]) => {
      const path = "/index.js";
      const { detachVolumeAndWait } = await import(path);
      const waits = { initialDelayMs: 1, pollIntervalMs: 1, retry: { baseDelayMs: 1 } };
      const ids = { projectId, serverId, volumeId };
      return (await detachVolumeAndWait({ endpoint: "/api/ecs", ...ids, ...waits })).confirmedBy;
    },
    [PROJECT_ID, SERVER_ID, DATA_DISK_ID],
  );
  assert.deepEqual([confirmedBy, myCloud.isAttached(DATA_DISK_ID)], ["attachment", false]);
  assert.deepEqual(
    myCloud.requests.map(({ answered }) => answered),
    [200, 429, 200, "dropped", 200, 400],
  );
});
