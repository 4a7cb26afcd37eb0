import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  ACCESS_KEY,
  type AccessKey,
  createSimulator,
  defaultSeed,
  OTHER_PROJECT_ID,
  PROJECT_ID,
  SECRET_KEY,
  TEMPORARY_KEYS,
  TOKEN,
} from "./index.ts";
import { serve } from "./serve.ts";
import { readDate } from "./signature.ts";
import { type SignOptions, sign } from "./signing.ts";
import {
  type Answer,
  detachPath,
  errorCode,
  errorMessage,
  read,
  SERVERS_PATH,
  START,
  setup,
} from "./support.ts";

const PATH = `${SERVERS_PATH}/detail`;
const MINUTE_MS = 60_000;

/** A detach that is signed, and may be changed afterwards. */
async function detachSigned(options: SignOptions = {}, change: Record<string, string | undefined> = {}) {
  const { sim, isAttached, advance } = setup();
  const headers = new Headers(await sign(detachPath(), { method: "DELETE", ...options }));
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  const answer = await read(await sim.fetch(detachPath(), { method: "DELETE", headers }));
  advance(3000);
  return { answer, sim, done: !isAttached() };
}

function unauthenticated(answer: Answer, why: RegExp): void {
  assert.deepEqual([answer.status, errorCode(answer)], [401, "APIGW.0301"]);
  assert.deepEqual(Object.keys(answer.body), ["error_msg", "error_code", "request_id"]);
  const [, reason] =
    /^Incorrect IAM authentication information: (.*)$/.exec(String(errorMessage(answer))) ?? [];
  assert.match(reason ?? "", why);
}

test("a signed request is answered as one with a token", async () => {
  const { answer, done } = await detachSigned();
  assert.deepEqual([answer.status, done], [200, true]);
});

test("a pair of temporary keys is good with its security token, signed or not", async () => {
  assert.equal((await detachSigned({ keys: TEMPORARY_KEYS })).answer.status, 200);
  const { accessKey, secretKey, securityToken } = TEMPORARY_KEYS;
  const change = { "X-Security-Token": securityToken };
  assert.equal((await detachSigned({ keys: { accessKey, secretKey } }, change)).answer.status, 200);
});

test("a body, a query and further headers are covered by the signature", async () => {
  const { sim } = setup();
  const path = `${PATH}?limit=2&name=a%20b`;
  const init = {
    method: "GET",
    headers: await sign(path, { headers: { "content-type": "application/json" } }),
  };
  assert.equal((await sim.fetch(path, init)).status, 200);
  unauthenticated(await read(await sim.fetch(`${PATH}?limit=3&name=a%20b`, init)), /^verify aksk/);

  const attach = `${SERVERS_PATH}/x/attachvolume`;
  const headers = await sign(attach, { method: "POST", body: "{}" });
  const found = await read(await sim.fetch(attach, { method: "POST", headers, body: "{}" }));
  assert.equal(errorCode(found), "Ecs.0114");
  unauthenticated(
    await read(await sim.fetch(attach, { method: "POST", headers, body: "{ }" })),
    /^verify aksk/,
  );
});

test("an unknown key is refused by its name", async () => {
  const keys = { accessKey: "SOMEONEELSESKEY00001", secretKey: SECRET_KEY };
  const { answer, done } = await detachSigned({ keys });
  unauthenticated(answer, /^ak SOMEONEELSESKEY00001 not exist$/);
  assert.equal(done, false);
});

test("a wrong signature is refused with the canonical request in one line", async () => {
  const { answer, done } = await detachSigned({ keys: { accessKey: ACCESS_KEY, secretKey: "wrong" } });
  unauthenticated(answer, /^verify aksk signature fail, canonicalRequest:/);
  const [path, query] = detachPath().split("?");
  const expected =
    `DELETE|${path}/|${query}|host:simulator.localhost|x-sdk-date:20260101T000000Z|` +
    "|host;x-sdk-date|e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  assert.ok(String(errorMessage(answer)).endsWith(`canonicalRequest:${expected}`));
  assert.equal(done, false);
});

test("a signature for another host, or of a header that got lost, is refused", async () => {
  unauthenticated((await detachSigned({ host: "elsewhere" })).answer, /\|host:simulator\.localhost\|/);
  const headers = { "content-type": "application/json" };
  unauthenticated(
    (await detachSigned({ headers }, { "content-type": undefined })).answer,
    /\|content-type:\|/,
  );
});

for (const minutes of [-15, 15]) {
  test(`a date ${minutes} minutes from the server's is good, and a second more is not`, async () => {
    const date = START + minutes * MINUTE_MS;
    assert.equal((await detachSigned({ date })).answer.status, 200);
    const { answer } = await detachSigned({ date: date + Math.sign(minutes) * 1000 });
    const times = /^signature expired, signature time:\d{8}T\d{6}Z,server time:20260101T000000Z$/;
    unauthenticated(answer, times);
  });
}

test("what is no date is an expired signature", async () => {
  const headers = { "x-sdk-date": "yesterday" };
  unauthenticated((await detachSigned({ headers })).answer, /^signature expired, signature time:yesterday,/);
});

test("a date that is missing or not signed is refused", async () => {
  unauthenticated((await detachSigned({}, { "x-sdk-date": undefined })).answer, /^x-sdk-date not found$/);
  const authorization = `SDK-HMAC-SHA256 Access=${ACCESS_KEY}, SignedHeaders=host, Signature=00`;
  unauthenticated((await detachSigned({}, { authorization })).answer, /^x-sdk-date is not signed$/);
});

test("a security token that is missing, wrong or uncalled for is refused", async () => {
  const header = "x-security-token";
  for (const [keys, value] of [
    [TEMPORARY_KEYS, undefined],
    [TEMPORARY_KEYS, "stolen"],
    [{ accessKey: ACCESS_KEY, secretKey: SECRET_KEY }, TEMPORARY_KEYS.securityToken],
  ] as const) {
    unauthenticated((await detachSigned({ keys }, { [header]: value })).answer, /^decrypt token fail$/);
  }
});

test("a badly formed header is refused, whatever the token says", async () => {
  const change = { authorization: "SDK-HMAC-SHA256 Access=a", "x-auth-token": TOKEN };
  unauthenticated(
    (await detachSigned({}, change)).answer,
    /^Access or Credential is empty in Authorization$/,
  );
});

test("an authorization of another kind is not looked at", async () => {
  const { call } = setup();
  assert.equal((await call(PATH, { headers: { Authorization: "Bearer x" } })).status, 200);
});

test("a key of another project, and a claim to another, are Ecs.0023", async () => {
  const { sim } = setup();
  const other = `/v1/${OTHER_PROJECT_ID}/cloudservers/detail`;
  assert.equal(errorCode(await read(await sim.fetch(other, { headers: await sign(other) }))), "Ecs.0023");

  const claim = async (project: string) => {
    const headers = await sign(PATH, { headers: { "x-project-id": project } });
    return read(await sim.fetch(PATH, { headers }));
  };
  assert.equal((await claim(PROJECT_ID)).status, 200);
  const refused = await claim(OTHER_PROJECT_ID);
  assert.deepEqual([refused.status, errorCode(refused)], [400, "Ecs.0023"]);
});

test("the log shows neither signatures nor security tokens", async () => {
  const { sim } = await detachSigned({ keys: TEMPORARY_KEYS });
  const { headers } = sim.requests[0] ?? {};
  assert.deepEqual([headers?.authorization, headers?.["x-security-token"]], ["***", "***"]);
  assert.doesNotMatch(JSON.stringify(sim.requests), /SIMULATED|security\+token/);
});

test("by HTTP the host is the header that came", async (t) => {
  const { sim } = setup();
  const server = await serve(sim);
  t.after(() => server.close());
  const { host } = new URL(server.url);
  const answer = async (signed: string) =>
    read(await fetch(server.url + PATH, { headers: await sign(PATH, { host: signed }) }));
  assert.equal((await answer(host)).status, 200);
  unauthenticated(await answer("simulator.localhost"), /^verify aksk/);
});

interface SdkRequest {
  name: string;
  method: string;
  path: string;
  query: string;
  headers: Record<string, string>;
  keys: AccessKey;
  valid: boolean;
}

const SDK_REQUESTS: SdkRequest[] = JSON.parse(
  readFileSync(`${import.meta.dirname}/../fixtures/signing/sdk_requests.json`, "utf8"),
);

for (const { name, method, path, query, headers, keys, valid } of SDK_REQUESTS) {
  test(`the signature of the vendor's SDK is ${valid ? "good" : "refused"}: ${name}`, async () => {
    const projects = defaultSeed().projects.map((project) => ({
      ...project,
      accessKeys: project.id === PROJECT_ID ? [keys] : [],
    }));
    const now = () => readDate(headers["X-Sdk-Date"] ?? "") ?? 0;
    const sim = createSimulator({ seed: { ...defaultSeed(), projects }, now });
    const url = `http://${headers.host}${path}${query && `?${query}`}`;
    const answer = await read(await sim.fetch(url, { method, headers }));
    if (!valid) unauthenticated(answer, /^verify aksk/);
    else
      assert.match(String(errorCode(answer)), /^(Ecs\.0114|Common\.0011)$/, "there is no such server or job");
  });
}

test("tokens can be checked elsewhere, and then the seed's are nothing", async () => {
  const asked: string[] = [];
  const verifyToken = async (token: string) => {
    asked.push(token);
    return { one: PROJECT_ID, two: OTHER_PROJECT_ID, three: "unknown" }[token];
  };
  const { call } = setup({ verifyToken });
  const answer = (token: string) => call(PATH, { headers: { "X-Auth-Token": token } });

  assert.equal((await answer("one")).status, 200);
  assert.equal(errorCode(await answer("two")), "Ecs.0023");
  assert.equal(errorCode(await answer("three")), "Ecs.0023");
  unauthenticated(await answer(TOKEN), /^decrypt token fail$/);
  assert.deepEqual(asked, ["one", "two", "three", TOKEN]);
});
