// Times the ways in Chromium. Each is one script, from memory. Samples are taken in turns, in random order within each
// round, so that what else the machine does falls on all alike.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { shuffled } from "./statistics.mjs";
import { callWays, comparisons, forPage, ways } from "./ways.mjs";

export const COUNTS = { warmUps: 20, batches: 20, calls: 50 };

/** Opens a browser and serves scripts to it, each under the name of its way. */
export async function openBench(scripts, executablePath) {
  const { chromium } = await import("@playwright/test");
  const server = await serve(scripts);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath, args });
  return {
    version: browser.version(),
    firstRequests: (rounds, slowdowns) => firstRequests({ browser, url: server.url }, rounds, slowdowns),
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

/** Every way once in each round, with each slowdown: a list of rounds for each of these. */
async function firstRequests(place, rounds, slowdowns) {
  const names = Object.keys(ways);
  const found = slowdowns.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    const times = slowdowns.map(() => ({}));
    const samples = slowdowns.flatMap((_, index) => names.map((name) => ({ index, name })));
    for (const { index, name } of shuffled(samples)) {
      times[index][name] = await inPage(place, "timeToFirstRequest", [forPage(name)], slowdowns[index]);
    }
    for (const [index, list] of found.entries()) list.push(times[index]);
  }
  return found;
}

/** Every way beside its measures in one page, so that each ratio is of times from the same page. */
async function perCall(place, rounds) {
  const runs = Object.fromEntries(callWays.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of shuffled(callWays)) {
      const beside = measuresOf(name);
      const orders = Array.from({ length: COUNTS.warmUps + COUNTS.batches }, () =>
        shuffled([...beside.keys()]),
      );
      const times = await inPage(place, "timePerCall", [beside.map(forPage), COUNTS, orders]);
      runs[name].push(Object.fromEntries(beside.map((way, index) => [way, times[index]])));
    }
  }
  return runs;
}

/** What a way is compared with, and itself. */
function measuresOf(name) {
  const others = comparisons.filter(([first]) => first === name).map(([, second]) => second);
  return [...new Set(["fetch", ...(ways[name].isSigned ? ["webcrypto"] : []), ...others, name])];
}
