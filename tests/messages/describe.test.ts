// What a description says beside the text for a code or a kind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { detachVolumeAndWait } from "ecs-detach-volume";
import { describeError } from "ecs-detach-volume/messages";
import { describeError as inEnglish } from "ecs-detach-volume/messages/en";
import { describeError as inChinese } from "ecs-detach-volume/messages/zh-cn";
import { texts } from "../../pkg/loader/messages/en/texts.js";
import { errorKinds } from "../docs/contract.ts";
import { createSimulator, DISK_IDS, PROJECT_ID, SERVER_IDS, TOKEN } from "../simulator/index.ts";
import { errorOf, JOB_ID, refusal, SERVICE_TEXT } from "./errors.ts";

const { fates, situations } = texts;
const KINDS = errorKinds() as Parameters<typeof errorOf>[0][];

test("Chinese of any kind is described in Chinese, all else in English", () => {
  const error = errorOf("network");
  for (const locale of ["zh-CN", "zh-cn", "zh", "ZH", "zh-Hans-CN", "zh-Hant-TW", "zh_CN"])
    assert.deepEqual(describeError(error, locale), inChinese(error), locale);
  for (const locale of ["en", "en-GB", "en-us", "de", "", "zha", "x-zh", undefined])
    assert.deepEqual(describeError(error, locale), inEnglish(error), locale);
});

test("an effect is never denied where there may have been one", () => {
  for (const kind of [...KINDS, "other"] as const) {
    for (const fields of [{ mayHaveStarted: true }, { jobId: JOB_ID }, { mayHaveStarted: undefined }]) {
      const { explanation } = inEnglish(errorOf(kind, fields));
      assert.ok(!explanation.includes(fates.unchanged[0]), `${kind} ${JSON.stringify(fields)}`);
    }
  }
  assert.ok(!inEnglish(new Error("other")).explanation.includes(fates.unchanged[0]));
});

test("where the request took no effect, the explanation says so", () => {
  for (const kind of KINDS.filter((kind) => kind !== "not-attached" && kind !== "job-failed"))
    assert.ok(inEnglish(errorOf(kind)).explanation.endsWith(fates.unchanged[0]), kind);
});

test("a task that was accepted is named where it can still be waited for", () => {
  const started = { mayHaveStarted: true, jobId: JOB_ID };
  for (const kind of ["timeout", "aborted", "network", "throttled", "auth"] as const) {
    for (const describe of [inEnglish, inChinese])
      assert.ok(describe(errorOf(kind, started)).remedy.includes(JOB_ID), kind);
  }
  const unknown = inEnglish(errorOf("not-found", { ...started, errorCode: "Common.0011", status: 400 }));
  assert.ok(!unknown.remedy.includes(JOB_ID));
  assert.ok(unknown.remedy.endsWith(fates.unclear[1]));
});

test("that a disk is not attached is told from that this request detached it", () => {
  const attached = (mayHaveStarted: boolean) => inEnglish(errorOf("not-attached", { mayHaveStarted }));
  assert.ok(attached(true).explanation.endsWith(fates.detached[0]));
  assert.ok(attached(false).explanation.endsWith(fates.absent[0]));
  const task = inEnglish(
    errorOf("job-failed", { errorCode: "Ecs.0111", mayHaveStarted: true, jobId: JOB_ID }),
  );
  assert.ok(task.explanation.endsWith(fates.detached[0]));
});

test("a wait that the service asks for is told in seconds, a long one in minutes, rounded up", () => {
  const remedy = (retryAfterMs: number, locale: string) =>
    describeError(errorOf("throttled", { retryAfterMs }), locale).remedy;
  assert.match(remedy(1, "en"), /at least 1 s\./);
  assert.match(remedy(4_200, "en"), /at least 5 s\./);
  assert.match(remedy(99_000, "en"), /at least 99 s\./);
  assert.match(remedy(121_000, "en"), /at least 3 min\./);
  assert.match(remedy(4_200, "zh"), /至少等待 5\s?秒/);
  assert.match(remedy(300_000, "zh"), /至少等待 5\s?分钟/);
  assert.doesNotMatch(describeError(errorOf("throttled", { retryAfterMs: null })).remedy, /at least/);
});

test("the option at fault is named, also one with a name like a pattern", () => {
  const remedy = (option: string | null) => inEnglish(errorOf("options", { option })).remedy;
  assert.match(remedy("headers.X-$&"), /"headers\.X-\$&"/);
  assert.doesNotMatch(remedy(null), /option/);
});

test("a slow task points to what may hold it up", () => {
  const remedy = (jobId: string | null) =>
    inEnglish(errorOf("timeout", { mayHaveStarted: true, jobId })).remedy;
  assert.match(remedy(JOB_ID), /unmount/);
  assert.doesNotMatch(remedy(null), /unmount/);
});

test("a policy's encoded reason is mentioned, not shown", () => {
  const { remedy } = inEnglish(errorOf("forbidden", { encodedAuthorizationMessage: "c2VjcmV0" }));
  assert.match(remedy, /encoded/);
  assert.doesNotMatch(remedy, /c2VjcmV0/);
});

test("the code of a failed task has its text, and an unknown one of the disk service a general one", () => {
  const title = (errorCode: string | null) => inEnglish(errorOf("job-failed", { errorCode })).title;
  assert.equal(title("Ecs.1300"), "The disk service took too long");
  assert.equal(title("EVS.2021"), "The disk is stuck");
  assert.equal(title("EVS.9999"), "The disk service reports an error");
  for (const unknown of [null, "Ecs.9999"]) assert.equal(title(unknown), texts.kinds["job-failed"][0]);
});

test("one code of the gateway means something else with each status", async () => {
  const titles = new Set<string>();
  for (const http of [400, 413, 414, 494, 500, 502, 504])
    titles.add(inEnglish(await refusal({ code: "APIGW.0201", http })).title);
  assert.equal(titles.size, 7);
  assert.deepEqual(
    inEnglish(await refusal({ code: "APIG.0308", http: 429 })),
    inEnglish(await refusal({ code: "APIGW.0308", http: 429 })),
  );
});

test("where the compute service did not find something, the kind says what", () => {
  const title = (kind: "not-attached" | "not-found") =>
    inEnglish(errorOf(kind, { errorCode: "Ecs.1000", status: 400 })).title;
  assert.equal(title("not-attached"), texts.kinds["not-attached"][0]);
  assert.equal(title("not-found"), texts.kinds["not-found"][0]);
});

test("a task that the service does not know is not called a missing server", () => {
  const started = { mayHaveStarted: true, jobId: JOB_ID, attempts: 0, jobStatus: null };
  const { title, remedy } = inEnglish(errorOf("not-found", started));
  assert.equal(title, situations.unknownTask[0]);
  assert.ok(remedy.startsWith(situations.unknownTask[2]));
  assert.equal(inEnglish(errorOf("not-found")).title, texts.kinds["not-found"][0]);
});

test("replies that are not about the task are told from replies to a request", () => {
  const task = inEnglish(errorOf("decode", { mayHaveStarted: true, jobId: JOB_ID }));
  assert.equal(task.title, situations.unreadableTask[0]);
  assert.ok(task.explanation.endsWith(fates.accepted[0]));
  assert.equal(inEnglish(errorOf("decode", { mayHaveStarted: true })).title, texts.kinds.decode[0]);
});

test("a task that has succeeded is not said to be open", () => {
  for (const [kind, status] of [
    ["timeout", undefined],
    ["not-found", 404],
    ["auth", 401],
  ] as const) {
    const fields = { mayHaveStarted: true, jobId: JOB_ID, jobStatus: " success", status };
    const { title, explanation } = inEnglish(errorOf(kind, fields));
    assert.equal(title, texts.kinds[kind][0]);
    assert.ok(explanation.endsWith(fates.succeeded[0]), explanation);
  }
});

test("what made the fate unknown and what failed last are both named, each once", () => {
  const doubt = { kind: "api", status: 502, code: "APIGW.0201", message: SERVICE_TEXT };
  const lastFailure = { kind: "auth", status: 401, code: null, message: SERVICE_TEXT };
  const explain = (fields: object) =>
    inEnglish(errorOf("timeout", { mayHaveStarted: true, ...fields })).explanation;
  const both = explain({ doubt, lastFailure });
  assert.ok(both.includes('ended with: "The service cannot be reached".'), both);
  assert.ok(both.endsWith('The last request failed with: "Not logged in".'), both);
  assert.ok(!both.includes(SERVICE_TEXT));
  assert.doesNotMatch(explain({ doubt, lastFailure: doubt }), /The last request/);
  const timeout = { kind: "timeout", status: null, code: null, message: "" };
  assert.doesNotMatch(explain({ doubt: timeout, lastFailure: timeout }), /ended with|The last request/);
  assert.doesNotMatch(explain({ doubt: null, lastFailure: null }), /ended with|The last request/);
});

test("an error that came from another thread is described like the error itself", () => {
  const error = errorOf("throttled", { retryAfterMs: 4_000, errorCode: "APIGW.0308", jobId: JOB_ID });
  const { name, message } = error;
  const plain = structuredClone({ ...error, name, message });
  for (const locale of ["en", "zh"])
    assert.deepEqual(describeError(plain, locale), describeError(error, locale));
});

test("whatever is thrown is described", () => {
  for (const thrown of [
    new Error("secret"),
    "secret",
    null,
    undefined,
    1,
    {},
    errorOf("other"),
    { kind: "api" },
  ]) {
    for (const locale of ["en", "zh"]) {
      const { title, explanation, remedy } = describeError(thrown, locale);
      for (const text of [title, explanation, remedy]) {
        assert.ok(text.length > 0);
        assert.doesNotMatch(text, /secret|undefined|null|[{}]/);
      }
    }
  }
});

test("a real call that is throttled, and one that may not detach the system disk, are described", async () => {
  const sim = createSimulator();
  const connection = { endpoint: "https://ecs.example.com", projectId: PROJECT_ID, auth: { token: TOKEN } };
  const detach = (volumeId: string) =>
    detachVolumeAndWait({
      ...connection,
      serverId: SERVER_IDS.web,
      volumeId,
      fetch: sim.fetch,
      retry: false,
    }).then(
      () => assert.fail("it must fail"),
      (error: unknown) => inEnglish(error),
    );
  assert.equal((await detach(DISK_IDS.webSystem)).title, texts.kinds["system-disk"][0]);
  sim.faults.add({ fault: "code:APIGW.0308", times: 10 });
  assert.equal((await detach(DISK_IDS.webData)).title, "Too many requests at the gateway");
});
