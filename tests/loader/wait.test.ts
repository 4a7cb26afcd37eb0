// Following a task, reading attachments and settling doubt, through the built package, in virtual time.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  detachVolume,
  detachVolumeAndWait,
  type EcsError,
  getAttachment,
  getJob,
  isEcsError,
  listAttachments,
  type Progress,
  waitForJob,
} from "ecs-detach-volume";
import { createSimulator, DISK_IDS, type FaultRule, PROJECT_ID, SERVER_IDS } from "../simulator/index.ts";
import { rejection, valid } from "./support.ts";
import { inVirtualTime } from "./virtual-time.ts";

const simulated = (...rules: FaultRule[]) => {
  const simulator = createSimulator();
  for (const rule of rules) simulator.faults.add(rule);
  return { simulator, options: { ...valid, fetch: simulator.fetch } };
};

const deletes = ({ requests }: { requests: readonly { method: string }[] }) =>
  requests.filter(({ method }) => method === "DELETE").length;

async function failed(promise: Promise<unknown>): Promise<EcsError> {
  const error = await rejection(promise);
  assert.ok(isEcsError(error), String(error));
  return error;
}

test("a disk is detached, followed and seen to be gone", () =>
  inVirtualTime(async () => {
    const { simulator, options } = simulated();
    const seen: Progress[] = [];
    const outcome = await detachVolumeAndWait({ ...options, onProgress: (progress) => seen.push(progress) });
    assert.equal(outcome.confirmedBy, "attachment");
    assert.equal(outcome.job?.status, "SUCCESS");
    assert.equal(outcome.jobId, outcome.job?.jobId);
    assert.equal(outcome.attempts, 1);
    const phases = seen.map(({ phase, status, attempts }) => `${phase} ${status} ${attempts}`);
    assert.deepEqual(
      [...new Set(phases)],
      ["checking null 0", "submitting null 0", "waiting null 1", "waiting RUNNING 1", "confirming SUCCESS 1"],
    );
    assert.ok(
      seen.every(({ requestId, lastFailure }, index) => (requestId || !index) && lastFailure === null),
    );
    assert.deepEqual(
      [seen.at(-1)?.detachRequestId, outcome.detachRequestId],
      [outcome.detachRequestId, "51d00000000000000000000000000002"],
    );
    assert.equal(seen.at(-1)?.jobId, outcome.jobId);
    assert.ok((seen.at(-1)?.elapsedMs ?? 0) >= 2000);
    assert.ok(!simulator.state.attachments.some(({ volumeId }) => volumeId === options.volumeId));
  }));

test("a lost reply ends in: detached, confirmed", () =>
  inVirtualTime(async () => {
    for (const fault of [
      "drop-after",
      "status:504:committed",
      "truncated",
      "no-job-id",
      "html:502:committed",
    ] as const) {
      const { simulator, options } = simulated({ method: "DELETE", times: 1, fault });
      const outcome = await detachVolumeAndWait(options);
      assert.equal(outcome.confirmedBy, "attachment", fault);
      assert.equal(outcome.jobId, null);
      assert.equal(deletes(simulator), 1, fault);
    }
  }));

test("a request that was lost on its way is sent again, and takes effect once", () =>
  inVirtualTime(async () => {
    for (const fault of ["drop-before", "status:503", "throttle", "flow-control"] as const) {
      const { simulator, options } = simulated({ method: "DELETE", times: 1, fault });
      const outcome = await detachVolumeAndWait(options);
      assert.equal(outcome.attempts, 2, fault);
      assert.equal(simulator.state.jobs.length, 1, fault);
    }
  }));

test("a task that vanishes is settled by the attachment", () =>
  inVirtualTime(async () => {
    const { options } = simulated({ method: "DELETE", fault: "job-vanishes:1000" });
    const outcome = await detachVolumeAndWait(options);
    assert.equal(outcome.confirmedBy, "attachment");
    assert.equal(outcome.job, null);
    assert.ok(outcome.jobId);
  }));

test("a disk that lingers after the task's success is waited for", () =>
  inVirtualTime(async () => {
    const { options } = simulated({ method: "DELETE", fault: "lingers:60000" });
    const outcome = await detachVolumeAndWait(options);
    assert.ok(outcome.elapsedMs >= 60_000);
    assert.equal(outcome.confirmedBy, "attachment");
  }));

test("a task that fails says why, wherever the service says it", () =>
  inVirtualTime(async () => {
    for (const fault of ["job-fails:Ecs.1002", "job-fails:Ecs.1002:top"] as const) {
      const { options } = simulated({ method: "DELETE", fault });
      const error = await failed(detachVolumeAndWait(options));
      assert.ok(error.kind === "job-failed");
      assert.equal(error.errorCode, "Ecs.1002");
      assert.ok(error.failReason);
      assert.equal(error.job.status, "FAIL");
      assert.equal(error.jobId, error.job.jobId);
      assert.equal(error.mayHaveStarted, true);
      assert.match(error.message, /^the task failed, Ecs\.1002: /);
    }
  }));

test("a task that never ends runs into the deadline, and can be followed again by its id alone", () =>
  inVirtualTime(async (clock) => {
    const { simulator, options } = simulated();
    const error = await failed(detachVolumeAndWait({ ...options, timeoutMs: 1500 }));
    assert.equal(error.kind, "timeout");
    assert.ok(error.jobId);
    const before = clock.now;
    const { endpoint, projectId, auth, fetch } = options;
    const job = await waitForJob({ endpoint, projectId, auth, fetch, jobId: error.jobId });
    assert.equal(job.status, "SUCCESS");
    assert.ok(clock.now - before >= 1000);

    simulator.reset();
    simulator.faults.add({ method: "DELETE", fault: "job-never-ends" });
    const start = clock.now;
    assert.equal((await failed(detachVolumeAndWait(options))).kind, "timeout");
    assert.equal(clock.now - start, 600_000);
  }));

test("a system disk is refused before any DELETE, unless that is allowed", () =>
  inVirtualTime(async () => {
    const { simulator, options } = simulated();
    const system = { ...options, serverId: SERVER_IDS.db, volumeId: DISK_IDS.dbSystem };
    const error = await failed(detachVolumeAndWait(system));
    assert.equal(error.kind, "system-disk");
    assert.equal(error.mayHaveStarted, false);
    assert.equal(deletes(simulator), 0);
    assert.equal((await detachVolumeAndWait({ ...system, systemDisk: "allow" })).confirmedBy, "attachment");
  }));

test("a disk that is not attached is an error, or all is well", () =>
  inVirtualTime(async () => {
    const { simulator, options } = simulated();
    const elsewhere = { ...options, volumeId: DISK_IDS.dbData };
    assert.equal((await failed(detachVolumeAndWait(elsewhere))).kind, "not-attached");
    const outcome = await detachVolumeAndWait({ ...elsewhere, ifNotAttached: "ok" });
    assert.deepEqual([outcome.jobId, outcome.attempts, outcome.confirmedBy], [null, 0, "attachment"]);
    assert.equal(deletes(simulator), 0);
  }));

test("an abort while waiting ends the wait and names the task", () =>
  inVirtualTime(async () => {
    const { simulator, options } = simulated();
    const controller = new AbortController();
    const onProgress = ({ status }: Progress) => {
      if (status === "RUNNING") controller.abort("enough");
    };
    const error = await failed(detachVolumeAndWait({ ...options, signal: controller.signal, onProgress }));
    assert.equal(error.kind, "aborted");
    assert.equal(error.cause, "enough");
    assert.equal(error.mayHaveStarted, true);
    assert.equal(error.jobId, simulator.state.jobs[0]?.id);
  }));

test("what a progress callback throws changes nothing and is not lost", () =>
  inVirtualTime(async () => {
    const { options } = simulated();
    const reported: unknown[] = [];
    const original = globalThis.reportError;
    globalThis.reportError = (error: unknown) => reported.push(error);
    try {
      const onProgress = () => {
        throw new Error("from the callback");
      };
      assert.equal((await detachVolumeAndWait({ ...options, onProgress })).attempts, 1);
    } finally {
      globalThis.reportError = original;
    }
    assert.ok(reported.length >= 5);
  }));

test("what a progress callback rejects with changes nothing and is not lost", () =>
  inVirtualTime(async () => {
    const { options } = simulated();
    const reported: unknown[] = [];
    const original = globalThis.reportError;
    globalThis.reportError = (error: unknown) => reported.push(error);
    try {
      const onProgress = async () => {
        throw new Error("from the callback");
      };
      assert.equal((await detachVolumeAndWait({ ...options, onProgress })).attempts, 1);
    } finally {
      globalThis.reportError = original;
    }
    assert.ok(reported.length >= 5);
  }));

test("a progress callback that is none is refused by name", async () => {
  for (const onProgress of ["text", {}, null]) {
    const error = await failed(detachVolumeAndWait({ ...valid, onProgress } as never));
    assert.ok(error.kind === "options");
    assert.equal(error.option, "onProgress");
  }
});

test("a task is shown as it is", () =>
  inVirtualTime(async (clock) => {
    const { options } = simulated();
    const { jobId } = await detachVolume(options);
    const first = await getJob({ ...options, jobId });
    assert.equal(first.status, "INIT");
    assert.equal(first.endTime, null);
    await clock.tickAsync(5000);
    assert.deepEqual(await getJob({ ...options, jobId }), {
      jobId,
      jobType: "detachVolume",
      status: "SUCCESS",
      beginTime: "2026-01-01T00:00:00.000Z",
      endTime: "2026-01-01T00:00:03.000Z",
      errorCode: null,
      failReason: null,
      requestId: "51d00000000000000000000000000003",
      subJobs: [],
      entities: { server_id: options.serverId, volume_id: options.volumeId },
    });
    assert.equal((await failed(getJob({ ...options, jobId: "unknown" }))).kind, "not-found");
  }));

test("a wait survives failures that pass", () =>
  inVirtualTime(async () => {
    const { simulator, options } = simulated();
    const { jobId } = await detachVolume(options);
    for (const fault of ["drop-before", "status:502", "throttle:7", "empty", "truncated"] as const) {
      simulator.faults.add({ method: "GET", path: /jobs/, times: 1, fault });
    }
    assert.equal((await waitForJob({ ...options, jobId })).status, "SUCCESS");
    simulator.faults.add({ method: "GET", path: /jobs/, fault: "drop-before" });
    const error = await failed(waitForJob({ ...options, jobId }));
    assert.deepEqual(
      [error.kind, error.attempts, error.jobId, error.mayHaveStarted],
      ["timeout", error.attempts, jobId, true],
    );
  }));

test("the disks of a server are plain records with numbers for sizes", () =>
  inVirtualTime(async () => {
    const { options } = simulated();
    const disks = await listAttachments(options);
    assert.equal(disks.length, 4);
    assert.deepEqual(disks[0], {
      volumeId: DISK_IDS.webSystem,
      serverId: SERVER_IDS.web,
      device: "/dev/vda",
      bus: "virtio",
      pciAddress: "0000:02:01.0",
      sizeGiB: 40,
      bootIndex: 0,
      isSystemDisk: true,
    });
    assert.deepEqual(
      disks.map(({ isSystemDisk, bootIndex }) => [isSystemDisk, bootIndex]),
      [
        [true, 0],
        [false, -1],
        [false, -1],
        [false, null],
      ],
    );
    assert.deepEqual(await getAttachment({ ...options, volumeId: DISK_IDS.webArchive }), disks[3]);
    assert.equal(disks[3]?.pciAddress, null);
    assert.equal(await getAttachment({ ...options, volumeId: DISK_IDS.dbData }), null);
    assert.equal((await failed(listAttachments({ ...options, serverId: "unknown" }))).kind, "not-found");
    assert.equal((await failed(listAttachments({ ...options, projectId: "unknown" }))).kind, "not-found");
  }));

test("what a task works on is shown as the service writes it, without the sub-jobs", async () => {
  const body = `{"job_id":"1","status":"SUCCESS","entities":{"a":1,"b":-2,"c":1.5,"d":12345678901,"e":[true,null,{"f":"g"}],"sub_jobs":[{"status":"INIT"}]}}`;
  const fetch = (async () => new Response(body)) as typeof globalThis.fetch;
  const job = await getJob({ ...valid, projectId: PROJECT_ID, jobId: "1", fetch });
  assert.deepEqual(job.entities, { a: 1, b: -2, c: 1.5, d: 12345678901, e: [true, null, { f: "g" }] });
  assert.equal(job.subJobs[0]?.status, "INIT");
});

test("an error about a task that is gone has the fields of its kind, without a reply of its own", async () => {
  const gone = () => new Response(null, { status: 404 });
  const disk = { volumeId: valid.volumeId, serverId: valid.serverId, bootIndex: -1, device: "/dev/vdb" };
  const fetch = (async (url: string) =>
    url.includes("/jobs/") ? gone() : Response.json({ volumeAttachment: disk })) as typeof globalThis.fetch;
  const error = await inVirtualTime(() => rejection(detachVolumeAndWait({ ...valid, fetch, jobId: "t" })));
  assert.ok(isEcsError(error) && error.kind === "not-found");
  assert.deepEqual([error.status, error.errorCode, error.details, error.jobId], [null, null, [], "t"]);
  // Why it is taken for gone.
  assert.deepEqual([error.lastFailure?.kind, error.lastFailure?.status], ["not-found", 404]);
});
