// The package's module is there before it is needed.
import type { Page } from "@playwright/test";
import { expect, row, test } from "./fixture.ts";

const preloads = (page: Page) => page.evaluate(() => performance.getEntriesByName("preload").length);

test("an idle page loads it, though nothing has called it", async ({ blank, site }) => {
  // Without servers, there are no disks to ask for.
  await blank.route(/\/cloudservers\/detail/, (route) => route.fulfill({ json: { servers: [] } }));
  await blank.addInitScript(() => {
    const { compile } = WebAssembly;
    const count = () => performance.mark("compiled");
    WebAssembly.compile = (bytes) => {
      count();
      return compile(bytes);
    };
    WebAssembly.Module = new Proxy(WebAssembly.Module, {
      construct(target, args) {
        count();
        return Reflect.construct(target, args);
      },
    });
  });
  await blank.goto(site);
  await expect.poll(() => preloads(blank)).toBe(1);
  expect(await blank.evaluate(() => performance.getEntriesByName("compiled").length)).toBeGreaterThan(0);
  await expect(blank.getByTestId("preload")).toHaveText(/^Module loaded when idle: \d+ ms$/);
});

test("so does the pointer on a button that leads to a call, and its focus", async ({ console }) => {
  const button = row(console, "web-01-data").getByTestId("detach");
  await expect.poll(() => preloads(console)).toBe(1);
  await button.hover();
  await expect.poll(() => preloads(console)).toBe(2);
  await button.focus();
  await expect.poll(() => preloads(console)).toBe(3);
});
