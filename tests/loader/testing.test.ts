// `ecs-detach-volume/testing` as it is built: whole detachments against it, wherever it runs, and nobody else pays for it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { type DetachVolumeAndWaitOptions, detachVolumeAndWait } from "ecs-detach-volume";
import { type Cloud, cloud, DATA_DISK_ID, PROJECT_ID, SERVER_ID } from "ecs-detach-volume/testing";
import { build } from "esbuild";
import { root } from "../../scripts/lib/run.mjs";
import { inVirtualTime } from "./virtual-time.ts";

const target = { projectId: PROJECT_ID, serverId: SERVER_ID, volumeId: DATA_DISK_ID };
const options = (fetch: Cloud): DetachVolumeAndWaitOptions => ({
  endpoint: "https://console.example.com/api/ecs",
  ...target,
  fetch,
});
const deletes = ({ requests }: Cloud) => requests.filter(({ method }) => method === "DELETE").length;

test("a disk is detached", async () => {
  const myCloud = cloud();
  const { confirmedBy } = await inVirtualTime(() => detachVolumeAndWait(options(myCloud)));
  assert.deepEqual([confirmedBy, myCloud.isAttached(DATA_DISK_ID)], ["attachment", false]);
  assert.equal(myCloud.requests.find(({ method }) => method === "DELETE")?.query.delete_flag, "0");
});

test("what goes wrong is what was asked for", async () => {
  const throttled = cloud({ faults: ["throttle:5"], taskMs: 30_000 });
  const outcome = await inVirtualTime(() => detachVolumeAndWait(options(throttled)));
  assert.deepEqual([outcome.attempts, deletes(throttled)], [2, 2]);

  const lost = cloud({ faults: ["html:502:committed"] });
  await inVirtualTime(async () => {
    await detachVolumeAndWait(options(lost));
    assert.deepEqual([deletes(lost), lost.tasks.length, lost.isAttached(DATA_DISK_ID)], [1, 1, false]);
  });

  const failing = cloud({ faults: ["job-fails:Ecs.1300"] });
  await assert.rejects(
    inVirtualTime(() => detachVolumeAndWait(options(failing))),
    { kind: "job-failed", errorCode: "Ecs.1300" },
  );
  assert.ok(failing.isAttached(DATA_DISK_ID));
});

test("an error has the id of the last request, also where it is about an earlier one", async () => {
  const faults = ["html:502:committed", { fault: "status:403", on: "attachment", after: 1 }] as const;
  const refused = inVirtualTime(() => detachVolumeAndWait(options(cloud({ faults }))));
  await assert.rejects(refused, ({ status, lastFailure, requestId, detachRequestId }) => {
    assert.deepEqual([status, lastFailure.status], [502, 403]);
    assert.match(detachRequestId, /2$/);
    assert.match(requestId, /3$/);
    return true;
  });
});

test("signatures and tokens are checked", async () => {
  const keys = { accessKey: "AK", secretKey: "SK" };
  const projects = [{ id: PROJECT_ID, tokens: ["good"], accessKeys: [keys] }];
  for (const auth of [keys, { token: "good" }])
    assert.ok(
      await detachVolumeAndWait({ ...options(cloud({ projects, taskMs: 0 })), auth, initialDelayMs: 1 }),
    );
  const refused = detachVolumeAndWait({ ...options(cloud({ projects, taskMs: 0 })), auth: { token: "bad" } });
  await assert.rejects(refused, { kind: "auth", mayHaveStarted: false });
});

test("it stands in for the global fetch", async (t) => {
  const myCloud = cloud({ taskMs: 0 });
  t.mock.method(globalThis, "fetch", myCloud);
  const { fetch: _, ...rest } = options(myCloud);
  await detachVolumeAndWait({ ...rest, initialDelayMs: 1 });
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
});

test("a test moves its time, and so the task on", async () => {
  const myCloud = cloud({ now: Date.UTC(2026, 0, 1), taskMs: 60_000 });
  const seen: string[] = [];
  await detachVolumeAndWait({
    ...options(myCloud),
    initialDelayMs: 1,
    pollIntervalMs: 1,
    onProgress({ status }) {
      if (!status || status === seen.at(-1)) return;
      seen.push(status);
      myCloud.advance(30_000);
    },
  });
  assert.deepEqual(seen, ["INIT", "RUNNING", "SUCCESS"]);
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
});

test("a CommonJS script gets the same", async () => {
  const required: typeof import("ecs-detach-volume/testing") = createRequire(import.meta.url)(
    "ecs-detach-volume/testing",
  );
  const imported = await import("ecs-detach-volume/testing");
  assert.deepEqual(Object.keys(required).sort(), Object.keys(imported).sort());
  const myCloud = required.cloud({ taskMs: 0 });
  await detachVolumeAndWait({ ...options(myCloud), initialDelayMs: 1 });
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
});

test("it needs nothing but what a page has", async () => {
  const {
    crypto,
    Headers,
    ReadableStream,
    Request,
    Response,
    TextDecoder,
    TextEncoder,
    URL,
    URLSearchParams,
  } = globalThis;
  const page = createContext({
    ...{ crypto, Headers, ReadableStream, Request, Response, TextDecoder, TextEncoder, URL, URLSearchParams },
    ...{ clearTimeout, setTimeout },
    module: { exports: {} },
  });
  runInContext(readFileSync(join(root, "pkg/testing/index.cjs"), "utf8"), page);
  const { cloud: inPage } = page.module.exports as typeof import("ecs-detach-volume/testing");
  const myCloud = inPage({ taskMs: 0 });
  await detachVolumeAndWait({ ...options(myCloud), initialDelayMs: 1 });
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
});

async function bundle(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: "esm",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  return { script: outputFiles[0]?.text ?? "", files: Object.keys(metafile.inputs) };
}

test("no other entry loads it, and it loads no other", async () => {
  const { exports } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
  const others = Object.keys(exports).filter((key) => !/testing|package\.json/.test(key));
  assert.ok(others.length >= 5);
  for (const key of others) {
    const { files, script } = await bundle(`export * from "ecs-detach-volume${key.slice(1)}";`);
    assert.ok(
      files.every((file) => !file.includes("pkg/testing")),
      key,
    );
    assert.ok(!script.includes("Block Device Mapping"), key);
  }
  const { files } = await bundle('export * from "ecs-detach-volume/testing";');
  assert.deepEqual(
    files.filter((file) => file !== "<stdin>"),
    ["pkg/testing/index.js"],
  );
});

test("what is imported of it and not used is not in the bundle", async () => {
  const main = 'import { detachVolume } from "ecs-detach-volume"; console.log(detachVolume);';
  const unused = 'import { cloud } from "ecs-detach-volume/testing";';
  assert.equal((await bundle(unused + main)).script, (await bundle(main)).script);
});

test("it stays small enough to be read for each test file", () => {
  for (const name of ["index.js", "index.cjs"])
    assert.ok(readFileSync(join(root, "pkg/testing", name)).length < 60_000, name);
});
