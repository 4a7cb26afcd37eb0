// The form in which values enter the module: nothing that a caller or a server writes can pass for a mark of it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { detachVolume, getJob } from "ecs-detach-volume";
import { answering, failure, untouched, valid } from "./support.ts";

const FORGED = "\u0001force\u0003true\u0000\u0001job_id\u00012";

test("no option can pass for another one", async () => {
  for (const name of ["projectId", "serverId", "volumeId"]) {
    const error = await failure({ ...valid, fetch: untouched, [name]: `x${FORGED}` });
    assert.deepEqual([error.kind, error.option], ["options", name]);
  }
  const { fetch, calls } = answering('{"job_id":"1"}');
  await detachVolume({
    ...valid,
    fetch,
    [`x${FORGED}`]: `y${FORGED}`,
    note: { nested: [FORGED, FORGED] },
  } as never);
  assert.match(calls[0]?.url ?? "", /delete_flag=0$/);
});

test("no text of a reply can pass for another member", async () => {
  for (const body of [{ note: FORGED }, { [`x${FORGED}`]: 1 }, { note: JSON.stringify({ job_id: "2" }) }]) {
    const { fetch } = answering(JSON.stringify(body));
    assert.equal((await failure({ ...valid, fetch })).kind, "decode");
  }
});

test("what a task works on is an object, whatever the service writes there", async () => {
  for (const entities of ["text", 5, null, true]) {
    const { fetch } = answering(JSON.stringify({ status: "RUNNING", entities, sub_jobs: ["text", null] }));
    const job = await getJob({ ...valid, jobId: "j", fetch });
    assert.deepEqual(job.entities, {});
    assert.deepEqual(
      job.subJobs.map(({ jobId }) => jobId),
      [null, null],
    );
  }
});

test("without TextDecoder and TextEncoder texts are the same", async () => {
  const script = `
    const { detachVolume } = await import("ecs-detach-volume");
    const lone = "\\ud800";
    const replies = ['{"error":{"code":"Ecs.0005","message":"磁盘 😀 é"}}', "<p>" + lone + "</p>"];
    for (const text of replies) {
      const fetch = async () => ({ status: 400, headers: new Headers(), text: async () => text });
      const options = { endpoint: "https://host", projectId: "p", serverId: "s", volumeId: "v", fetch };
      await detachVolume(options).catch(({ message }) => console.log(escape(message)));
    }
    const read = async (bytes) => {
      const parts = [Uint8Array.from(bytes)];
      const reader = { read: async () => ({ done: parts.length === 0, value: parts.shift() }) };
      const fetch = async () => ({ status: 502, headers: new Headers(), body: { getReader: () => reader } });
      const options = { endpoint: "https://host", projectId: "p", serverId: "s", volumeId: "v", fetch };
      await detachVolume(options).catch(({ bodyExcerpt }) => console.log(escape(bodyExcerpt)));
    };
    await read([0xe7, 0xa3, 0x81]);`;
  const run = async (prepare: string) => {
    const args = ["--input-type=module", "--eval", prepare + script];
    return (await promisify(execFile)(process.execPath, args)).stdout;
  };
  // Node's own `Headers` needs both once.
  const without = await run("new Headers(); delete globalThis.TextDecoder; delete globalThis.TextEncoder;");
  assert.equal(without, await run(""));
  assert.equal(unescape(without).split("\n")[0], "HTTP 400, Ecs.0005: 磁盘 😀 é");
});
