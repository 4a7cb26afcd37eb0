// The entry without WebAssembly. The other tests of this folder run with it as well, as suite `asm`.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { promisify } from "node:util";
import * as other from "ecs-detach-volume";
import * as entry from "ecs-detach-volume/asm";

/** Node's own HTTP needs WebAssembly once. */
const PREPARE = `
  import { createServer } from "node:http";
  const server = createServer((_, response) => response.end()).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  await (await fetch("http://127.0.0.1:" + server.address().port)).text();
  server.close();
  delete globalThis.WebAssembly;
`;

/** What a script prints in a process without WebAssembly. */
const runWithout = (script: string) => runAs(PREPARE + script);

async function runAs(script: string): Promise<string> {
  const options = `{ endpoint: "https://host", projectId: "p", serverId: "s", volumeId: "v",
    auth: { accessKey: "a", secretKey: "s" }, fetch: async () => new Response('{"job_id":"1"}') }`;
  const args = ["--input-type=module", "--eval", script.replace("OPTIONS", options)];
  return (await promisify(execFile)(process.execPath, args)).stdout.trim();
}

test("it has the same functions, as a module and as CommonJS", () => {
  const names = Object.keys(other).sort();
  assert.deepEqual(Object.keys(entry).sort(), names);
  const require = createRequire(import.meta.url);
  for (const subpath of ["asm", "auto"]) {
    assert.deepEqual(Object.keys(require(`ecs-detach-volume/${subpath}`)).sort(), names);
  }
});

test("it works in a process that has no WebAssembly", async () => {
  const script =
    'const { detachVolume } = await import("ecs-detach-volume/asm"); console.log((await detachVolume(OPTIONS)).jobId);';
  assert.equal(await runWithout(script), "1");
});

test("without WebAssembly `auto` loads the plain JavaScript, as a module and as CommonJS", async () => {
  const call = "console.log((await detachVolume(OPTIONS)).jobId);";
  assert.equal(
    await runWithout(`const { detachVolume } = await import("ecs-detach-volume/auto"); ${call}`),
    "1",
  );
  const load =
    'const { createRequire } = await import("node:module"); const require = createRequire(process.cwd() + "/x");';
  assert.equal(
    await runWithout(`${load} const { detachVolume } = require("ecs-detach-volume/auto"); ${call}`),
    "1",
  );
});

test("with WebAssembly `auto` loads nothing else", async () => {
  const script = `
    import { register } from "node:module";
    const refuse = "export const resolve = (name, context, next) => { if (name.includes('asm-module')) throw new Error('loaded'); return next(name, context); };";
    register("data:text/javascript," + encodeURIComponent(refuse));
    const { detachVolume } = await import("ecs-detach-volume/auto");
    console.log((await detachVolume(OPTIONS)).jobId);`;
  assert.equal(await runAs(script), "1");
});

test("where neither starts, both reasons are told, and the next call tries again", async () => {
  const script = `
    import { register } from "node:module";
    const refuse = "let times = 0; export const resolve = (name, context, next) => { if (name.includes('asm-module') && times++ < 1) throw new Error('gone'); return next(name, context); };";
    register("data:text/javascript," + encodeURIComponent(refuse));
    const { detachVolume, preload } = await import("ecs-detach-volume/auto");
    const { isReady, cause } = await preload();
    console.log(isReady, cause.message, "/", cause.cause.message);
    console.log((await preload()).engine);`;
  const [failed, engine] = (await runWithout(script)).split("\n");
  assert.match(
    failed ?? "",
    /^false the plain JavaScript in its place could not be started: gone \/ .*WebAssembly/,
  );
  assert.equal(engine, "javascript");
  const call = `
    import { register } from "node:module";
    const refuse = "export const resolve = (name, context, next) => { if (name.includes('asm-module')) throw new Error('import() is disallowed on ServiceWorkerGlobalScope'); return next(name, context); };";
    register("data:text/javascript," + encodeURIComponent(refuse));
    const { detachVolume } = await import("ecs-detach-volume/auto");
    await detachVolume(OPTIONS).catch(({ kind, message }) => console.log(kind, message));`;
  const said = await runWithout(call);
  assert.match(
    said,
    /^wasm .*this engine has no WebAssembly; the plain JavaScript .*a service worker .*ecs-detach-volume\/asm$/,
  );
  assert.doesNotMatch(said, /\/auto/);
});

test("without WebAssembly the main entry says what to do", async () => {
  const script = `const { detachVolume } = await import("ecs-detach-volume");
    await detachVolume(OPTIONS).catch(({ kind, mayHaveStarted, message }) => console.log(kind, mayHaveStarted, message));`;
  const output = await runWithout(script);
  assert.match(output, /^wasm false .*no WebAssembly; ecs-detach-volume\/auto/);
});

test("a start that fails is told as that of the plain JavaScript", async () => {
  const script = `const { detachVolume } = await import("ecs-detach-volume/asm");
    globalThis.ArrayBuffer = class { constructor() { throw new RangeError("no memory"); } };
    await detachVolume(OPTIONS).catch(({ kind, message }) => console.log(kind, message));`;
  assert.equal(
    await runWithout(script),
    "wasm the plain JavaScript of the package could not be started: no memory",
  );
});

test("it compiles no text at run time, which a Content-Security-Policy forbids", () => {
  for (const file of ["asm/index.js", "asm/index.cjs"]) {
    const code = readFileSync(new URL(`../../pkg/${file}`, import.meta.url), "utf8");
    assert.doesNotMatch(
      code,
      /new Function|\beval\(|WebAssembly\.(compile|instantiate|Module|Instance)/,
      file,
    );
  }
});

test("its memory grows and stays whole: a long list of disks is read to its end", async () => {
  const disks = Array.from({ length: 5000 }, (_, index) => ({
    volumeId: `disk-${index}`,
    device: "/dev/vdb",
  }));
  const fetch = (async () => Response.json({ volumeAttachments: disks })) as typeof globalThis.fetch;
  const options = { endpoint: "https://host", projectId: "p", serverId: "s", fetch };
  for (let round = 0; round < 3; round += 1) {
    const found = await entry.listAttachments(options);
    assert.equal(found.length, 5000);
    assert.equal(found.at(-1)?.volumeId, "disk-4999");
  }
});

test("what it runs as is told", async () => {
  assert.deepEqual(await entry.preload(), { isReady: true, engine: "javascript", cause: undefined });
  const script = `const { preload } = await import("ecs-detach-volume/auto");
    const { isReady, engine, cause } = await preload();
    console.log(isReady, engine, cause instanceof Error);`;
  assert.equal(await runWithout(script), "true javascript true");
  assert.equal(await runAs(script), "true webassembly false");
});
