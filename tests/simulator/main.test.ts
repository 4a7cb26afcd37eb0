import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { type TestContext, test } from "node:test";
import { serve } from "./serve.ts";
import { detachPath, setup } from "./support.ts";

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(t: TestContext, ...args: string[]): Child {
  const script = `${import.meta.dirname}/../../scripts/sim.mjs`;
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  return child;
}

/** What it prints until it says how to stop it. */
async function greeting(child: Child): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += chunk;
    if (text.includes("Stop:")) return text;
  }
  throw new Error(`it ended with: ${text}`);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  test(`it serves, prints a call that works, and ends cleanly on ${signal}`, async (t) => {
    const child = start(t, "--port", "0");
    const text = await greeting(child);
    const [, token = ""] = /X-Auth-Token: ([^']+)'/.exec(text) ?? [];
    const [, url = ""] = /'(http:[^']+)'/.exec(text) ?? [];
    assert.ok(url.endsWith(detachPath()));
    const response = await fetch(url, { method: "DELETE", headers: { "X-Auth-Token": token } });
    assert.equal(response.status, 200);

    child.kill(signal);
    assert.deepEqual(await once(child, "exit"), [0, null]);
  });
}

test("it takes another port when the one asked for is taken, and says so", async (t) => {
  const other = await serve(setup().sim);
  t.after(() => other.close());
  const { port } = new URL(other.url);
  const text = await greeting(start(t, "--port", port));
  assert.match(text, new RegExp(`^Port ${port} is taken`));
});

test("a port that is none is refused with a reason", async (t) => {
  const child = start(t, "--port", "eighty");
  let text = "";
  for await (const chunk of child.stderr) text += chunk;
  assert.match(text, /--port must be 0 to 65535, got eighty/);
  assert.equal(child.exitCode ?? (await once(child, "exit"))[0], 1);
});
