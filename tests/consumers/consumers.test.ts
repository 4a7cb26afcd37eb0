// The quick consumers, and what holds for the whole matrix. `npm run report -- consumers` runs all.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { findChromium } from "../../scripts/lib/toolchain.mjs";
import { closeBrowser } from "./browser.ts";
import { assertDetached, createCloud } from "./cloud.ts";
import { runConsumer, visit } from "./driver.ts";
import { prepareApp } from "./project.ts";
import { CONSUMERS, KINDS, MAY_BE_MISSING } from "./registry.ts";
import { committedRows, factsOf, rowOf } from "./table.ts";

const TOOLS = join(import.meta.dirname, "tools");

after(closeBrowser);

describe("a disk is detached by", { concurrency: 2 }, () => {
  for (const consumer of CONSUMERS.filter(({ isFast }) => isFast)) {
    test(consumer.name, async (t) => {
      const { state, reason } = await runConsumer(consumer);
      if (state === "missing" && !process.env.CI) return t.skip(reason);
      assert.equal(state, "ok", reason);
    });
  }
});

const skip = findChromium().browser || process.env.CI ? false : "there is no Chromium";

test("a page whose policy forbids WebAssembly says so, and sends nothing", { skip }, async () => {
  const cloud = createCloud();
  const folder = await prepareApp("plain");
  const page = { kind: "page", from: "..", path: "/plain/index.html", policy: "no WebAssembly" } as const;
  assert.match(await visit(page, folder, cloud), /Content-Security-Policy must allow .*'wasm-unsafe-eval'/);
  assert.equal(cloud.requests.length, 0);
});

test("a consumer that sends nothing has not detached its disk", () => {
  assert.throws(() => assertDetached(createCloud(), "all is well"), /not one task/);
});

test("the table says in a short line why a consumer failed", () => {
  const [consumer] = CONSUMERS;
  assert.ok(consumer);
  const cell = (reason: string) =>
    rowOf({ consumer, versions: [], state: "failed", reason, durationMs: 0 }).at(-1);
  const output = "jest it.js ended with 1:\n  ● a test\n\n    EcsError: no module\n\n    Cause:\n";
  assert.equal(
    cell(`${output}        ReferenceError: a is not defined\n\n  at b`),
    "no: ReferenceError: a is not defined",
  );
  assert.equal(cell("jest it.js ended with 1:\n"), "no: jest it.js ended with 1");
  assert.equal(cell(`Error: ${"x".repeat(200)}`), `no: Error: ${"x".repeat(82)}…`);
});

test("the table of docs/consumers.md has every consumer", () => {
  assert.deepEqual(
    committedRows().map((cells) => cells.slice(0, 3)),
    CONSUMERS.map(factsOf),
    "run `npm run report -- consumers`",
  );
});

test("the table of docs/consumers.md has the versions of the tools", () => {
  for (const [index, { name, tools, versions }] of CONSUMERS.entries()) {
    if (!tools) continue;
    const { devDependencies } = JSON.parse(textOf(tools, "package.json"));
    const pinned = versions.filter((tool) => tool in devDependencies);
    const told = committedRows()[index]?.[3]?.split(", ") ?? [];
    for (const tool of pinned)
      assert.ok(told.includes(`${tool} ${devDependencies[tool]}`), `${name}: ${told}`);
  }
});

test("every folder of tools is used, has exact versions and a lock file without addresses of a registry", () => {
  const used = new Set(CONSUMERS.flatMap(({ tools }) => tools ?? []));
  assert.deepEqual(readdirSync(TOOLS).sort(), [...used].sort());
  for (const tools of used) {
    const { devDependencies } = JSON.parse(textOf(tools, "package.json")) as { devDependencies: object };
    for (const version of Object.values(devDependencies)) assert.match(version, /^\d+\.\d+\.\d+$/, tools);
    assert.doesNotMatch(textOf(tools, "package-lock.json"), /"resolved": "http/, tools);
    assert.ok(existsSync(join(TOOLS, tools, ".npmrc")), `${tools} has no .npmrc`);
  }
});

test("every folder of apps is used", () => {
  const folders = readdirSync(join(import.meta.dirname, "apps"), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  assert.deepEqual(names.sort(), [...new Set(CONSUMERS.map(({ app }) => app))].sort());
});

test("one of each kind is among the quick ones", () => {
  for (const [kind, consumers] of Object.entries(KINDS))
    assert.ok(
      consumers.some(({ isFast }) => isFast),
      kind,
    );
});

test("what may be missing is a consumer", () => {
  const names = CONSUMERS.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length);
  for (const name of Object.keys(MAY_BE_MISSING)) assert.ok(names.includes(name), name);
});

function textOf(tools: string, file: string): string {
  return readFileSync(join(TOOLS, tools, file), "utf8");
}
