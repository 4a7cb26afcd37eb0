// Options that are checked without a call.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkOptions, isEcsError, type OptionsOf } from "ecs-detach-volume";
import { failure, untouched, valid } from "./support.ts";

const ALL = {
  ...valid,
  iamEndpoint: "https://iam.example.com",
  jobId: "j",
  targets: [{ serverId: "s", volumeId: "v" }],
  fetch: untouched,
};

const NAMES: (keyof OptionsOf)[] = [
  "detachVolume",
  "detachVolumeAndWait",
  "detachVolumes",
  "getJob",
  "waitForJob",
  "listAttachments",
  "getAttachment",
  "findProjects",
];

for (const name of NAMES) {
  test(`right options of ${name} are right, and nothing is sent`, async () => {
    assert.equal(await checkOptions(name, ALL), null);
    assert.equal(await checkOptions(name, { ...ALL, signal: AbortSignal.abort() }), null);
  });

  test(`what is wrong with options of ${name} is said as the call would say it`, async () => {
    for (const options of [undefined, null, "text", {}, { ...ALL, timeoutMs: 0 }, { ...ALL, signal: 1 }]) {
      const error = await checkOptions(name, options as object);
      assert.ok(isEcsError(error) && error.kind === "options", `${name} ${JSON.stringify(options)}`);
      assert.ok(error instanceof Error);
      assert.deepEqual([error.mayHaveStarted, error.attempts], [false, 0]);
    }
    assert.equal((await checkOptions(name, { ...ALL, timeoutMs: 0 }))?.option, "timeoutMs");
  });
}

test("the error is the one that the call ends with", async () => {
  const options = { ...valid, fetch: untouched, volumeId: "a b" };
  const [checked, thrown] = [await checkOptions("detachVolume", options), await failure(options)];
  assert.deepEqual(checked?.toJSON(), thrown.toJSON());
});

test("what is wrong with one of many disks is said with its place", async () => {
  const right = { serverId: "s", volumeId: "v" };
  for (const [target, option] of [
    [{ ...right, volumeId: "" }, "targets[1].volumeId"],
    [{ ...right, force: 1 }, "targets[1].force"],
    [{ ...right, delete_flag: 1 }, "targets[1].delete_flag"],
    [{ ...right, jobId: "a/b" }, "targets[1].jobId"],
    [null, "targets[1]"],
    ["server", "targets[1]"],
    [[], "targets[1]"],
  ] as const) {
    const error = await checkOptions("detachVolumes", { ...ALL, targets: [right, target] });
    assert.equal(error?.option, option);
    assert.match(error.message, new RegExp(`^option "${option.replace(/[[\]]/g, "\\$&")}"`));
  }
});

test("a function that does not exist has no right options", async () => {
  const error = await checkOptions("attachVolume" as "detachVolume", ALL);
  assert.ok(isEcsError(error) && error.kind === "options");
  assert.match(error.message, /there is no function "attachVolume"/);
});
