// Traps inside the module: memory that cannot grow, so that an allocation fails. Each script runs in a process of its own,
// in which a module gets 4 MiB.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

const PREPARE = `
  import { checkOptions, detachVolume, detachVolumes, detachVolumeAndWait, isEcsError, waitForJob } from "ecs-detach-volume";
  const valid = { endpoint: "https://host", projectId: "p", serverId: "s", volumeId: "v", retry: false };
  const much = "x".repeat(8_000_000);
  const answer = (body, init) => async () => new Response(body, init);
  const accepted = answer('{"job_id":"1"}');
  /** Rejects in a moment, if the promise does not settle. */
  const soon = (promise) => Promise.race([promise, new Promise((_, reject) => setTimeout(reject, 9000, new Error("hangs")).unref())]);
  const failure = (promise) => soon(promise).then(() => ({}), (error) => error);
  const told = (error) => [isEcsError(error), error.kind, error.mayHaveStarted, error.attempts, error.jobId, error.cause?.name];
  /** A reply whose text does not fit into the module's memory. */
  const tooMuch = async () => ({ status: 200, headers: new Headers(), text: async () => "é".repeat(1_000_000) });
  const results = [];
  process.on("unhandledRejection", (reason) => results.push("unhandled " + reason));
  process.on("exit", () => console.log(JSON.stringify(results)));
`;

/** What a script puts into `results`. */
async function run(script: string): Promise<unknown[]> {
  const args = ["--wasm-max-mem-pages=64", "--input-type=module", "--eval", PREPARE + script];
  return JSON.parse((await promisify(execFile)(process.execPath, args, { timeout: 60_000 })).stdout);
}

test("options that do not fit end the call, and the next one gets a fresh instance", async () => {
  const results = await run(`
    results.push(told(await failure(detachVolume({ ...valid, endpoint: "https://" + much, fetch: accepted }))));
    results.push((await soon(detachVolume({ ...valid, fetch: accepted }))).jobId);
    results.push(told(await failure(checkOptions("detachVolume", { ...valid, volumeId: much }))));
    results.push(await checkOptions("detachVolume", valid));`);
  const stopped = [true, "wasm", false, 0, null, "RuntimeError"];
  assert.deepEqual(results, [stopped, "1", stopped, null]);
});

test("a reply that does not fit ends the call with what is known of it", async () => {
  const results = await run(`
    results.push(told(await failure(detachVolume({ ...valid, fetch: tooMuch }))));
    results.push((await soon(detachVolume({ ...valid, fetch: accepted }))).jobId);`);
  assert.deepEqual(results, [[true, "wasm", true, 1, null, "RuntimeError"], "1"]);
});

test("credentials that do not fit end the call: nothing was sent", async () => {
  const results = await run(`
    const auth = async () => ({ token: much });
    results.push(told(await failure(detachVolume({ ...valid, auth, fetch: accepted }))));
    results.push((await soon(detachVolume({ ...valid, fetch: accepted }))).jobId);`);
  assert.deepEqual(results, [[true, "wasm", false, 0, null, "RuntimeError"], "1"]);
});

test("all calls under way end, each with what is known of it, and nothing is left behind", async () => {
  const results = await run(`
    let isAborted = false;
    const never = (_, { signal }) => {
      signal.addEventListener("abort", () => { isAborted = true; });
      return new Promise(() => {});
    };
    const following = (url) => url.includes("/jobs/")
      ? Response.json({ job_id: "j", status: "RUNNING" })
      : url.includes("block_device")
        ? Response.json({ volumeAttachment: { volumeId: "v", bootIndex: 1 } })
        : Response.json({ job_id: "j" });
    let polled;
    const isFollowing = new Promise((resolve) => { polled = resolve; });
    const onProgress = ({ polls }) => polls && polled();
    const calls = [
      detachVolume({ ...valid, fetch: never }),
      detachVolumeAndWait({ ...valid, fetch: following, onProgress, initialDelayMs: 1, pollIntervalMs: 600000, maxPollIntervalMs: 600000 }),
      waitForJob({ ...valid, jobId: "k", fetch: never }),
    ].map(failure);
    await isFollowing;
    results.push(told(await failure(detachVolume({ ...valid, fetch: tooMuch }))));
    for (const call of calls) results.push(told(await call));
    results.push(isAborted);
    // The process ends by itself: no timer of ten minutes is left.`);
  assert.deepEqual(results, [
    [true, "wasm", true, 1, null, "RuntimeError"],
    [true, "wasm", true, 1, null, "RuntimeError"],
    [true, "wasm", true, 1, "j", "RuntimeError"],
    [true, "wasm", true, 1, "k", "RuntimeError"],
    true,
  ]);
});

test("a batch loses no result, and the next batch works", async () => {
  const results = await run(`
    const targets = ["a", "b", "c"].map((id) => ({ serverId: id, volumeId: id }));
    const { endpoint, projectId } = valid;
    const settled = await soon(detachVolumes({ endpoint, projectId, targets, fetch: tooMuch, concurrency: 2 }));
    results.push(...settled.map(({ status, reason }) => [status, reason.kind, reason.mayHaveStarted]));
    const gone = answer("{}", { status: 403 });
    results.push((await soon(detachVolumes({ endpoint, projectId, targets, fetch: gone }))).map(({ reason }) => reason.kind));`);
  const lost = ["rejected", "wasm", false];
  assert.deepEqual(results, [lost, lost, lost, ["forbidden", "forbidden", "forbidden"]]);
});

test("a call from within a callback that traps ends, as does the call that called back", async () => {
  const results = await run(`
    let inner;
    const onProgress = () => { inner ??= failure(detachVolume({ ...valid, endpoint: "https://" + much, fetch: accepted })); };
    const outer = failure(waitForJob({ ...valid, jobId: "j", fetch: accepted, onProgress }));
    results.push(told(await outer));
    results.push(told(await inner));
    results.push((await soon(detachVolume({ ...valid, fetch: accepted }))).jobId);`);
  assert.deepEqual(results, [
    [true, "wasm", true, 1, "j", "RuntimeError"],
    [true, "wasm", false, 0, null, "RuntimeError"],
    "1",
  ]);
});

test("options too long for a text are an error in the options", async () => {
  const results = await run(`
    // Each of these characters takes six in JSON.
    const error = await failure(detachVolume({ ...valid, projectId: "\\0".repeat(100_000_000), fetch: accepted }));
    results.push([error.kind, error.option, error.message]);`);
  assert.deepEqual(results, [["options", null, "the options cannot be read"]]);
});

test("what a caller's fetch throws, even if it looks like a trap, stops nothing", async () => {
  const results = await run(`
    const fetch = () => { throw new WebAssembly.RuntimeError("unreachable"); };
    const other = failure(detachVolume({ ...valid, fetch: async () => { await 1; return accepted(); } }));
    results.push(told(await failure(detachVolume({ ...valid, fetch }))));
    results.push((await other).kind ?? "fulfilled");`);
  assert.deepEqual(results, [[true, "network", true, 1, null, "RuntimeError"], "fulfilled"]);
});
