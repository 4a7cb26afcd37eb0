// Times the ways in Chromium. Each is one script, from memory; runs are taken in turns, because a busy machine slows all
// alike.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { forPage, ways } from "./ways.mjs";

const COUNTS = { warmUps: 20, batches: 40, calls: 50 };

/** Opens a browser and serves scripts to it, each under the name of its way. */
export async function openBench(scripts, executablePath) {
  const { chromium } = await import("@playwright/test");
  const server = await serve(scripts);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath, args });
  return {
    version: browser.version(),
    firstRequests: (rounds, slowdown) => firstRequests({ browser, url: server.url }, rounds, slowdown),
    perCall: (rounds) => perCall({ browser, url: server.url }, rounds),
    requestsOf: (way) => inPage({ browser, url: server.url }, "requestsOf", [forPage(way)]),
    async close() {
      await browser.close();
      server.close();
    },
  };
}

async function serve(scripts) {
  const page = readFileSync(new URL("page.js", import.meta.url), "utf8");
  const server = createServer(({ url }, response) => {
    const script = url === "/page.js" ? page : scripts[url.slice(1, -".js".length)];
    response.setHeader("Content-Type", script ? "text/javascript" : "text/html");
    response.setHeader("Cache-Control", "no-store");
    // With these two the clock of a page ticks every 5 microseconds, not every 100.
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
    response.end(script ?? "<!doctype html><title>benchmark</title>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Calls a function of page.js in a page of its own. */
async function inPage({ browser, url }, name, args, slowdown = 1) {
  const page = await browser.newPage();
  await page.goto(url);
  if (slowdown > 1) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  }
  const call = async ([name, args]) => (await import("/page.js"))[name](...args);
  const result = await page.evaluate(call, [name, args]);
  await page.close();
  return result;
}

/** Every way once in each round, and in each round another one first. */
async function firstRequests(place, rounds, slowdown) {
  const names = Object.keys(ways);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of turned(names, round)) {
      times[name].push(await inPage(place, "timeToFirstRequest", [forPage(name)], slowdown));
    }
  }
  return times;
}

/** Every way beside its measures in one page, so that each ratio is of times from the same page. */
async function perCall(place, rounds) {
  const names = Object.keys(ways);
  const runs = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of turned(names, round)) {
      const beside = [...new Set(["fetch", ...(ways[name].isSigned ? ["webcrypto"] : []), name])];
      const times = await inPage(place, "timePerCall", [beside.map(forPage), COUNTS]);
      runs[name].push(Object.fromEntries(beside.map((way, index) => [way, times[index]])));
    }
  }
  return runs;
}

const turned = (list, by) => list.map((_, index) => list[(index + by) % list.length]);
