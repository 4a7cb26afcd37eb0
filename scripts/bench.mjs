// Compares the package with a hand-written `fetch`, in Chromium: from import to first request, and per call.
//
// The runs are taken in turns and medians are printed, because a busy machine slows both alike: read the ratios.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { main, root, run, Stop } from "./lib/run.mjs";
import { findChromium } from "./lib/toolchain.mjs";

const PAGES = 21;
const BATCHES = 41;
const CALLS_PER_BATCH = 200;

const ways = { "hand-written fetch": "/by-hand.js", "this package": "/index.js" };
const files = {
  "/": ["text/html", "<!doctype html><title>benchmark</title>"],
  "/page.js": ["text/javascript", read("tests/bench/page.js")],
  "/by-hand.js": ["text/javascript", read("tests/bench/by-hand.js")],
  "/index.js": ["text/javascript", () => read("pkg/index.js")],
};

function read(path) {
  return readFileSync(join(root, path), "utf8");
}

async function serve() {
  const server = createServer((request, response) => {
    const [type, content] = files[request.url ?? ""] ?? [];
    if (!type) return response.writeHead(404).end();
    response.setHeader("Content-Type", type).setHeader("Cache-Control", "no-store");
    response.end(typeof content === "function" ? content() : content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** In a fresh page for each run. */
async function firstRequests(browser, url, slowdown) {
  const times = Object.fromEntries(Object.keys(ways).map((way) => [way, []]));
  for (let run = 0; run < PAGES; run += 1) {
    for (const [way, script] of Object.entries(ways)) {
      const page = await browser.newPage();
      await page.goto(url);
      const devtools = await page.context().newCDPSession(page);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
      const time = async (script) => (await import("/page.js")).timeToFirstRequest(script);
      times[way].push(await page.evaluate(time, script));
      await page.close();
    }
  }
  return Object.values(times).map(median);
}

async function perCall(browser, url) {
  const page = await browser.newPage();
  await page.goto(url);
  const time = async ([urls, ...counts]) => (await import("/page.js")).timePerCall(urls, ...counts);
  const times = await page.evaluate(time, [Object.values(ways), BATCHES, CALLS_PER_BATCH]);
  await page.close();
  return times;
}

function print(title, unit, [byHand, ours]) {
  const cells = [byHand, ours].map((value) => `${value.toFixed(1)} ${unit}`.padStart(20));
  console.log(title.padEnd(44), ...cells, `${(ours / byHand).toFixed(2)}x`.padStart(8));
}

await main(async () => {
  run("node", ["scripts/setup.mjs", "test"]);
  run("node", ["scripts/build.mjs"]);
  const executablePath = findChromium().browser;
  if (!executablePath) throw new Stop("the benchmark needs Chromium");
  const { chromium } = await import("@playwright/test");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const [server, browser] = [await serve(), await chromium.launch({ executablePath, args })];
  try {
    console.log(`\n${" ".repeat(44)}`, ...Object.keys(ways).map((way) => way.padStart(20)), "   ratio");
    print("import to first request", "ms", await firstRequests(browser, server.url, 1));
    print("import to first request, CPU slowed 4 times", "ms", await firstRequests(browser, server.url, 4));
    print("one call, instant answer", "us", await perCall(browser, server.url));
  } finally {
    await browser.close();
    server.close();
  }
});
