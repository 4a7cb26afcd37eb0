// The demo console in each engine: the main flows, as a user goes through them.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { By, until, type WebElement } from "selenium-webdriver";
import { serveConsole } from "../../www/serve.ts";
import { type Build, buildConsole } from "../console/build.ts";
import { createCloud, TASK_MS } from "../console/cloud.ts";
import { serveFiles } from "../console/files.ts";
import type { RunningServer } from "../simulator/listen.ts";
import { type Engine, engines, missing, open, type Session } from "./engines.ts";

const WAIT_MS = 15_000;
const cloud = createCloud();

let build: Build;
let server: RunningServer;
let demo: RunningServer;

before(async () => {
  build = buildConsole();
  process.once("exit", () => build.remove());
  server = await serveConsole({ simulator: cloud, pages: build.pages });
  demo = await serveFiles(build.demo, "/demo/");
});
after(async () => {
  await server?.close();
  await demo?.close();
  build?.remove();
});

for (const engine of engines.filter((found) => missing(found).length === 0)) {
  describe(engine.name, () => testIn(engine));
}

function testIn(engine: Engine): void {
  let session: Session;
  before(async () => {
    session = await open(engine);
  });
  after(() => session?.close());
  beforeEach(async () => {
    cloud.reset();
    await session.driver.get(server.url);
    await find("[data-testid=disk-row]");
  });

  test(`${engine.name}: the console detaches a disk, whose outcome is confirmed`, async () => {
    await click(`${row("web-01-data")} [data-testid=detach]`);
    await click("[data-testid=confirm]");
    await find("[data-testid=operation][data-phase=waiting]");
    cloud.pass(TASK_MS);
    await find("[data-testid=operation][data-phase=detached][data-tone=ok]");
    await session.driver.wait(async () => (await findAll(row("web-01-data"))).length === 0, WAIT_MS);
    assert.equal(cloud.received("DELETE").length, 1);
  });

  test(`${engine.name}: the console detaches several disks, and gets over a lost reply`, async () => {
    await choose("fault", "lost-reply");
    await click(`${row("web-01-data")} [data-testid=choice]`);
    await click(`${row("web-01-logs")} [data-testid=choice]`);
    await click("[data-testid=detach-selected]");
    await click("[data-testid=confirm]");
    await find("[data-testid=operation][data-phase=settling]");
    cloud.pass(TASK_MS);
    await find("[data-testid=operation][data-phase=waiting]");
    cloud.pass(TASK_MS);
    await find("[data-testid=batch][data-phase=done][data-tone=ok]");
    assert.equal(cloud.received("DELETE").length, 2);
  });

  test(`${engine.name}: the console speaks Chinese, in the dark, also after a reload`, async () => {
    await choose("language", "zh-CN");
    await choose("theme", "dark");
    await session.driver.navigate().refresh();
    await find("[data-testid=disk-row]");
    assert.equal(await session.driver.getTitle(), "云硬盘 - 弹性云服务器");
    const body = await find("body");
    assert.match(await body.getCssValue("background-color"), /\b11, 17, 20\b/);
    await choose("language", "en");
    await choose("theme", "system");
  });

  test(`${engine.name}: the demo of static files detaches a disk`, async () => {
    await session.driver.get(demo.url);
    await click(`${row("web-01-data")} [data-testid=detach]`);
    await click("[data-testid=confirm]");
    await find("[data-testid=operation][data-phase=detached][data-tone=ok]");
    assert.equal(cloud.received("DELETE").length, 0);
  });

  function find(selector: string): Promise<WebElement> {
    return session.driver.wait(until.elementLocated(By.css(selector)), WAIT_MS);
  }

  function findAll(selector: string): Promise<WebElement[]> {
    return session.driver.findElements(By.css(selector));
  }

  async function click(selector: string): Promise<void> {
    await (await find(selector)).click();
  }

  async function choose(testId: string, value: string): Promise<void> {
    await click(`[data-testid=${testId}] option[value="${value}"]`);
  }
}

function row(disk: string): string {
  return `[data-testid=disk-row][data-disk=${disk}]`;
}
