// `npm start` ends what it began, whoever is told to end; and its page shows what is changed.
import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { findChromium } from "../../scripts/lib/toolchain.mjs";
import { serveSources } from "../../www/dev.ts";
import { browser, closeBrowser } from "../consumers/browser.ts";
import { createSimulator } from "../simulator/index.ts";
import { copyOfCheckout } from "./copy.ts";
import { begin, isServed, type Program, ROOT, signalGroup, start, takenPort } from "./program.ts";

after(closeBrowser);

/** A machine that is busy with other things takes long to build. */
const timeout = 300_000;

const ENDINGS: Record<string, (program: Program) => unknown> = {
  "Ctrl+C in its terminal": ({ child }) => signalGroup(child, "SIGINT"),
  "its terminal is closed": ({ child }) => signalGroup(child, "SIGHUP"),
  "npm alone is told to end, as by a container": ({ child }) => child.kill("SIGTERM"),
  "npm alone is killed": ({ child }) => child.kill("SIGKILL"),
  "the pipe that it reads from is closed": ({ child }) => child.stdin?.end(),
};

for (const [what, end] of Object.entries(ENDINGS))
  test(`nothing is left when ${what}`, { timeout }, async (t) => {
    const program = await start(t, { stdin: what.includes("pipe") ? "pipe" : "ignore" });
    assert.equal((await fetch(program.url)).status, 200);
    end(program);
    await program.ended;
    assert.equal(await isServed(program.url), false);
  });

test("it says how far it is", { timeout }, async (t) => {
  const { lines } = await start(t);
  const steps = lines.flatMap((line) => /^step (\d) of (\d): ./.exec(line)?.slice(1, 3).join("/") ?? []);
  assert.deepEqual(steps, ["1/5", "2/5", "3/5", "4/5", "5/5"]);
});

test("a port that is taken is named, and another is found", { timeout }, async (t) => {
  const port = await takenPort(t);
  const { lines, url } = await start(t, { port });
  assert.ok(lines.some((line) => line.includes(`Port ${port} is taken`)));
  assert.notEqual(new URL(url).port, String(port));
  assert.equal((await fetch(url)).status, 200);
});

test("a port that is none is refused before anything is built", { timeout }, async (t) => {
  const { line, lines } = begin(t, { port: "eighty" });
  await line("--port must be 0 to 65535, got eighty");
  assert.ok(!lines.some((text) => text.startsWith("step")));
});

test("a change in the core is in the package within half a minute", { timeout }, async (t) => {
  const folder = copyOfCheckout(t);
  const { line } = await start(t, { folder });
  const source = join(folder, "src/core/recovery.rs");
  const text = readFileSync(source, "utf8");
  /** How long it took, in seconds, until the package has another text. */
  const build = async (message: string): Promise<number> => {
    const changed = text.replaceAll("says that the disk is not attached", message);
    assert.notEqual(changed, text);
    const built = line("Built after a change");
    // Again and again: at first it may not be watched yet.
    const changing = setInterval(() => writeFileSync(source, changed), 500);
    const seconds = Number(/\((\d+\.\d) s\)/.exec(await built.finally(() => clearInterval(changing)))?.[1]);
    assert.ok(readFileSync(join(folder, "pkg/ecs_detach_volume.wasm")).includes(message));
    return seconds;
  };
  // Elsewhere, everything is compiled anew at first.
  await build("is a text that nothing says");
  const seconds = await build("is another text that nothing says");
  assert.ok(seconds < 30, `${seconds} s`);
});

test("a build that is broken off leaves no process, and is not taken for a whole one", {
  timeout,
}, async (t) => {
  const folder = copyOfCheckout(t);
  const stamp = join(folder, "target/wasm/inputs.sha256");
  const source = join(folder, "src/core/mod.rs");
  appendFileSync(source, "\n");
  const { child, line, ended } = begin(t, { folder });
  await line("Compiling ecs-detach-volume ");
  child.kill("SIGTERM");
  await ended;
  // Also if the change is taken back: some files of the package may be of it.
  assert.ok(!existsSync(stamp));
});

const skip = findChromium().browser || process.env.CI ? false : "there is no Chromium";

test("the page of the sources works, and is loaded anew when the package is built", {
  skip,
  timeout,
}, async (t) => {
  const server = await serveSources({ simulator: createSimulator() });
  t.after(() => server.close());
  const page = await (await browser()).newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto(server.url);
  await page.getByTestId("disk-row").first().waitFor();
  assert.deepEqual(complaints, []);
  const reloaded = page.waitForEvent("load");
  const entry = join(ROOT, "pkg/index.js");
  writeFileSync(entry, readFileSync(entry));
  await reloaded;
  await page.getByTestId("disk-row").first().waitFor();
  await page.close();
});
