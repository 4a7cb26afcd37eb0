import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { build } from "esbuild";
import { TOKEN } from "./index.ts";
import { detachPath, setup } from "./support.ts";

const HEADERS = { "X-Auth-Token": TOKEN };

test("the stand-in takes a path, a URL or a Request", async () => {
  const { sim } = setup();
  const absolute = new URL(detachPath(), "https://ecs.cn-north-4.myhuaweicloud.com");
  const init = { method: "DELETE", headers: HEADERS };
  await sim.fetch(detachPath(), init);
  await sim.fetch(absolute, init);
  await sim.fetch(new Request(absolute, init));
  await sim.fetch(new Request(absolute), init);
  assert.deepEqual(
    sim.requests.map(({ method, url }) => `${method} ${url}`),
    Array.from({ length: 4 }, () => `DELETE ${detachPath()}`),
  );
});

test("an answer has the URL that was asked", async () => {
  const response = await setup().sim.fetch(detachPath());
  assert.equal(response.url, `http://simulator.localhost${detachPath()}`);
  assert.equal(response.redirected, false);
});

test("a signal that has fired sends nothing and rejects with its reason", async () => {
  const { sim } = setup();
  const reason = { not: "an error" };
  const pending = sim.fetch(detachPath(), { method: "DELETE", signal: AbortSignal.abort(reason) });
  await assert.rejects(pending, (thrown) => thrown === reason);
  assert.equal(sim.requests.length, 0);
});

test("an abort during a delay rejects at once and clears the timer", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const clear = t.mock.method(globalThis, "clearTimeout");
  const { sim } = setup();
  sim.faults.add({ fault: "delay:60000" });
  const controller = new AbortController();
  const pending = sim.fetch(detachPath(), { headers: HEADERS, signal: controller.signal });
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort();
  await assert.rejects(pending, { name: "AbortError" });
  assert.equal(clear.mock.callCount(), 1);
  assert.equal(sim.requests[0]?.answered, "dropped");
});

test("a request's own signal counts too", async () => {
  const { sim } = setup();
  sim.faults.add({ fault: "hang" });
  const controller = new AbortController();
  const request = new Request("http://simulator.localhost/", { signal: controller.signal });
  const pending = sim.fetch(request);
  controller.abort(new Error("gone"));
  await assert.rejects(pending, { message: "gone" });
});

test("no listener stays on a signal", async () => {
  const { sim } = setup();
  const { signal } = new AbortController();
  for (let count = 0; count < 20; count += 1) await sim.fetch(detachPath(), { headers: HEADERS, signal });
  sim.faults.add({ fault: "delay:1" });
  await sim.fetch(detachPath(), { headers: HEADERS, signal });
  assert.equal(getEventListeners(signal, "abort").length, 0);
});

test("a redirect is refused, handed over or followed, as the caller says", async () => {
  const { sim } = setup();
  sim.faults.add({ path: "/start", fault: "redirect:/v1/elsewhere" });
  await assert.rejects(sim.fetch("/start", { redirect: "error" }), { name: "TypeError" });
  assert.equal((await sim.fetch("/start", { redirect: "manual" })).status, 302);

  const followed = await sim.fetch("/start", { method: "DELETE" });
  assert.deepEqual([followed.status, followed.redirected], [404, true]);
  assert.equal(followed.url, "http://simulator.localhost/v1/elsewhere");
  assert.equal(sim.requests.at(-1)?.method, "DELETE");
});

test("redirects without end are a failed fetch", async () => {
  const { sim } = setup();
  sim.faults.add({ fault: "redirect:/again" });
  await assert.rejects(sim.fetch("/"), { name: "TypeError", message: "Failed to fetch" });
});

test("without its server the simulator needs nothing of Node", async () => {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/index.ts`],
    bundle: true,
    write: false,
    platform: "browser",
    format: "esm",
    logLevel: "silent",
  });
  assert.doesNotMatch(outputFiles[0]?.text ?? "node:", /["']node:/);
});
