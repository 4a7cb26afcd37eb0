// What a page can say while a call goes on.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Progress } from "ecs-detach-volume";
import { describeProgress } from "ecs-detach-volume/messages";
import { describeProgress as inEnglish } from "ecs-detach-volume/messages/en";
import { describeProgress as inChinese } from "ecs-detach-volume/messages/zh-cn";
import { texts as english } from "../../pkg/loader/messages/en/texts.js";
import { texts as chinese } from "../../pkg/loader/messages/zh-cn/texts.js";
import { errorKinds, phases } from "../docs/contract.ts";
import { JOB_ID, SERVICE_TEXT } from "./errors.ts";

const WAITING: Progress = {
  phase: "waiting",
  jobId: JOB_ID,
  status: "RUNNING",
  polls: 1,
  attempts: 1,
  elapsedMs: 5_000,
  nextInMs: null,
  lastFailure: null,
  requestId: null,
  detachRequestId: null,
};

function failed(kind: string): NonNullable<Progress["lastFailure"]> {
  return { kind: kind as "api", status: 503, code: null, message: SERVICE_TEXT };
}

test("a busy service and the next attempt are named", () => {
  const progress = {
    ...WAITING,
    phase: "checking" as const,
    lastFailure: failed("throttled"),
    nextInMs: 11_400,
  };
  assert.equal(inEnglish(progress), "The service is limiting requests. Trying again in 12 s.");
  assert.equal(inChinese(progress), "服务正在限制请求。12 秒后重试。");
  assert.equal(inEnglish({ ...progress, nextInMs: null }), "The service is limiting requests. Trying again.");
  assert.equal(inEnglish({ ...progress, nextInMs: 900 }), "The service is limiting requests. Trying again.");
  assert.equal(
    inEnglish({ ...progress, nextInMs: 600_000 }),
    "The service is limiting requests. Trying again in 10 min.",
  );
});

test("a task that was accepted goes on when a question about it fails", () => {
  const offline = { ...WAITING, lastFailure: failed("network"), nextInMs: 3_000 };
  assert.equal(
    inEnglish(offline),
    "There is no connection to the service. Trying again in 3 s. The task goes on.",
  );
  assert.equal(inChinese(offline), "无法连接到服务。3 秒后重试。任务仍在继续执行。");
  const hidden = inEnglish({ ...offline, lastFailure: failed("not-found") });
  assert.ok(!hidden.includes(english.progress.goesOn));
});

test("each phase has a sentence of its own, and a longer wait its end", () => {
  const said = phases().map((phase) => inEnglish({ ...WAITING, phase: phase as "checking" }));
  assert.equal(new Set(said).size, phases().length);
  assert.equal(
    inEnglish({ ...WAITING, phase: "confirming", nextInMs: 2_000 }),
    "The task has succeeded. Checking that the disk is off the server. Next check in 2 s.",
  );
  assert.equal(inEnglish({ ...WAITING, nextInMs: 400 }), english.progress.task.RUNNING);
});

test("while the task goes on, its status is told", () => {
  const said = (status: string | null, polls = 1) => inEnglish({ ...WAITING, status, polls });
  assert.equal(said(null, 0), english.progress.task.accepted);
  assert.equal(said("INIT"), english.progress.task.INIT);
  assert.equal(said(" running "), english.progress.task.RUNNING);
  for (const status of ["PAUSED", "constructor", null])
    assert.equal(said(status), english.progress.phases.waiting);
});

test("an unknown fate is not called a repetition", () => {
  const settling = {
    ...WAITING,
    phase: "settling" as const,
    lastFailure: failed("timeout"),
    nextInMs: 2_000,
  };
  assert.equal(
    inEnglish(settling),
    `${english.progress.failures.timeout} ${english.progress.phases.settling} Next check in 2 s.`,
  );
});

test("whatever the kind, phase and status, both languages say something, without the service's own text", () => {
  for (const [describe, texts] of [
    [inEnglish, english],
    [inChinese, chinese],
  ] as const) {
    for (const kind of [null, ...errorKinds(), "another", "constructor"]) {
      for (const phase of [...phases(), "another", "constructor"]) {
        for (const nextInMs of [null, 0, 5_000]) {
          const lastFailure = kind === null ? null : failed(kind);
          const text = describe({ ...WAITING, phase, lastFailure, nextInMs });
          assert.ok(text.length > 0);
          assert.doesNotMatch(text, /[{}]|undefined|null|NaN|false|function/, text);
          assert.ok(!text.includes(SERVICE_TEXT));
        }
      }
    }
    assert.equal(describe({ phase: "a phase of a later version" }), texts.progress.unknown);
  }
});

test("Chinese of any kind is described in Chinese, all else in English", () => {
  for (const locale of ["zh-CN", "zh", "zh-Hant-TW"])
    assert.equal(describeProgress(WAITING, locale), inChinese(WAITING));
  for (const locale of ["en-GB", "de", undefined])
    assert.equal(describeProgress(WAITING, locale), inEnglish(WAITING));
});
