// The same calls by different clients, against the simulated cloud: all are accepted, and all send the same.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { type DetachCall, randomCall, type Side } from "./calls.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { ours } from "./ours.ts";
import { headerOf } from "./request.ts";
import { canonicalRequest, checkSignature, readDate } from "./signature.ts";
import { vendor } from "./vendor.ts";

const SIDES: readonly Side[] = [vendor, ours];
const CALLS_OF_EACH_KIND = 10;

for (const side of SIDES) {
  for (const flag of side.flags) {
    for (const isTemporary of [false, true]) {
      const keys = isTemporary ? "temporary keys" : "keys";
      const title = `${side.name} detaches with ${keys} and ${flag ? `delete_flag=${flag}` : "no flag"}`;
      test(`${title}: the request is the expected one`, async () => {
        for (let count = 0; count < CALLS_OF_EACH_KIND; count += 1) {
          const call = randomCall(flag, isTemporary);
          const { outcome, jobIds, ...made } = await exchange(side, call);
          assertExpected(call, made);
          assert.deepEqual(
            [outcome],
            jobIds.map((jobId) => ({ jobId })),
            JSON.stringify(call),
          );
        }
      });
    }
  }

  test(`${side.name} learns why a call is refused`, async () => {
    const call = randomCall("0", false);
    const { outcome, jobIds } = await exchange(side, call, { ...call, volumeId: "another" });
    assert.deepEqual([outcome, jobIds], [{ status: 400, errorCode: "Ecs.0111" }, []]);
  });

  test(`${side.name} is refused with a wrong key`, async () => {
    const call = randomCall("0", false);
    const { outcome, jobIds } = await exchange(side, call, { ...call, secretKey: "another" });
    assert.deepEqual([outcome, jobIds], [{ status: 401, errorCode: "APIGW.0301" }, []]);
  });
}

test("the vendor's SDK sends and signs these headers", async () => {
  const call = randomCall("0", false);
  const { sent, host } = await exchange(vendor, call);
  assert.deepEqual(sent.headers, [
    ["Accept", "application/json"],
    ["Content-Type", "application/json"],
    ["User-Agent", "huaweicloud-usdk-nodejs/3.0; tests"],
    ["X-Project-Id", call.projectId],
    ["X-Sdk-Date", headerOf(sent, "X-Sdk-Date")],
    ["host", host],
    ["Authorization", headerOf(sent, "Authorization")],
    ["Accept-Encoding", "gzip, compress, deflate, br"],
    ["Connection", "keep-alive"],
  ]);
  const { signedHeaders } = checkSignature(sent, call.secretKey);
  assert.deepEqual(signedHeaders, ["content-type", "host", "x-project-id", "x-sdk-date"]);
});

test("the vendor's SDK sends and signs the token of temporary keys", async () => {
  const call = randomCall("0", true);
  const { sent } = await exchange(vendor, call);
  assert.equal(headerOf(sent, "X-Security-Token"), call.securityToken);
  const { signedHeaders } = checkSignature(sent, call.secretKey);
  assert.deepEqual(signedHeaders, ["content-type", "host", "x-project-id", "x-sdk-date", "x-security-token"]);
});

for (const isTemporary of [false, true]) {
  test(`the package sends and signs no more than it must, with ${isTemporary ? "temporary keys" : "keys"}`, async () => {
    const call = randomCall("0", isTemporary);
    const { sent } = await exchange(ours, call);
    const token = isTemporary ? ["x-security-token"] : [];
    const { signedHeaders } = checkSignature(sent, call.secretKey);
    assert.deepEqual(signedHeaders, ["host", "x-project-id", "x-sdk-date", ...token]);
    // The others are those of the `fetch` that sends it.
    const own = sent.headers
      .map(([name]) => name.toLowerCase())
      .filter((name) => /^(x-|auth|content)/.test(name));
    assert.deepEqual(own.sort(), ["authorization", "x-project-id", "x-sdk-date", ...token]);
  });
}

/** What every side must send. That each of them sends it makes them all agree. */
function assertExpected(call: DetachCall, { sent, host }: Pick<Exchange, "sent" | "host">): void {
  const why = JSON.stringify(call);
  const { projectId, serverId, volumeId, deleteFlag, securityToken } = call;
  const path = `/v1/${projectId}/cloudservers/${serverId}/detachvolume/${volumeId}`;
  const query = deleteFlag === undefined ? "" : `delete_flag=${deleteFlag}`;
  assert.deepEqual([sent.method, sent.path, sent.query, sent.body.length], ["DELETE", path, query, 0], why);

  const date = headerOf(sent, "X-Sdk-Date") ?? "";
  assertIsNow(date);
  const token = securityToken === undefined ? [] : [["x-security-token", securityToken] as const];
  const common = [["host", host], ["x-project-id", projectId], ["x-sdk-date", date], ...token] as const;
  const names = common.map(([name]) => name);
  const expected = [
    "DELETE",
    `${path}/`,
    query,
    ...common.map(([name, value]) => `${name}:${value}`),
    "",
    names.join(";"),
    createHash("sha256").digest("hex"),
  ];
  // Apart from headers that only some sides send.
  assert.equal(canonicalRequest(sent, names), expected.join("\n"), why);

  const { accessKey, signedHeaders, isValid } = checkSignature(sent, call.secretKey);
  assert.deepEqual([accessKey, isValid], [call.accessKey, true], why);
  assert.deepEqual(
    names.filter((name) => !signedHeaders.includes(name)),
    [],
    "all of these are signed",
  );
}

function assertIsNow(date: string): void {
  const age = Date.now() - readDate(date);
  assert.ok(age >= -1_000 && age < 60_000, `the request is dated ${date}`);
}
