import assert from "node:assert/strict";
import { test } from "node:test";
import { detachVolume } from "ecs-detach-volume";
import { DISK_IDS } from "../simulator/index.ts";
import { answering, failure, simulated, untouched, valid } from "./support.ts";

const wrong: [title: string, change: object, option: string, says: RegExp][] = [
  ["a missing id", { volumeId: undefined }, "volumeId", /1 to 128 characters .* got nothing/],
  ["an empty id", { serverId: "" }, "serverId", /got an empty string/],
  ["an id of another type", { serverId: 7 }, "serverId", /got 7/],
  ["null for an id", { serverId: null }, "serverId", /got null/],
  ["a function for an id", { serverId: () => "x" }, "serverId", /got a function/],
  ["an array for an id", { serverId: ["x"] }, "serverId", /got an array/],
  ["an over-long id", { projectId: "a".repeat(129) }, "projectId", /got more/],
  ["a path in an id", { volumeId: "../../.." }, "volumeId", /got \/ at position 3/],
  ["a query in an id", { volumeId: "v?delete_flag=1#" }, "volumeId", /got \? at position 2/],
  ["half a surrogate pair", { volumeId: "\ud800" }, "volumeId", /outside ASCII/],
  ["a line break in an id", { volumeId: "v\n" }, "volumeId", /a control character at position 2/],
  ["no endpoint", { endpoint: undefined }, "endpoint", /got nothing/],
  ["an endpoint with user info", { endpoint: "https://u:p@host" }, "endpoint", /got user info/],
  ["an endpoint with a query", { endpoint: "https://host/?x" }, "endpoint", /got a query/],
  ["an endpoint with a fragment", { endpoint: new URL("https://host/#x") }, "endpoint", /got a fragment/],
  ["plain http elsewhere", { endpoint: "http://host" }, "endpoint", /not a loopback address/],
  ["another scheme", { endpoint: "ftp://host" }, "endpoint", /another scheme/],
  ["another host in a path", { endpoint: "//evil.example" }, "endpoint", /empty path segment/],
  ["a token of another type", { auth: { token: 1 } }, "auth.token", /got a number/],
  ["an empty token", { auth: { token: "" } }, "auth.token", /got an empty string/],
  [
    "auth as text",
    { auth: "token" },
    "auth",
    /an object with a token, or with an accessKey and a secretKey, got another string/,
  ],
  ["a header with a line break", { headers: { "X-A": "1\r\nX-B: 2" } }, "headers.X-A", /without line breaks/],
  ["a header that is a number", { headers: { "X-A": 1 } }, "headers.X-A", /got a number/],
  ["a header without a value", { headers: { "X-A": undefined } }, "headers.X-A", /got undefined/],
  [
    "a header with a blank at its end",
    { headers: { "X-A": "1 " } },
    "headers.X-A",
    /white space at its ends/,
  ],
  ["a header beyond Latin-1", { headers: { "X-A": "磁盘" } }, "headers.X-A", /Latin-1/],
  ["a bad header name", { headers: { "X A": "1" } }, "headers.X A", /a valid header name/],
  [
    "our own header",
    { headers: { "x-auth-token": "t" } },
    "headers.x-auth-token",
    /left out: this package sets it/,
  ],
  ["a header browsers drop", { headers: { Cookie: "a=b" } }, "headers.Cookie", /one that they drop/],
  [
    "the same header twice",
    { headers: { "X-A": "1", "x-a": "2" } },
    "headers.x-a",
    /given once, got it twice/,
  ],
  ["an unknown cookie mode", { credentials: "always" }, "credentials", /"omit", "same-origin" or "include"/],
  ["an unknown language", { language: "de-de" }, "language", /"en-us" or "zh-cn"/],
  ["a fetch that is no function", { fetch: "fetch" }, "fetch", /got a value of type string/],
  ["a signal that is none", { signal: {} }, "signal", /an AbortSignal, got a value of type object/],
  ["half a signal", { signal: { addEventListener() {} } }, "signal", /an AbortSignal/],
  ["null for fetch", { fetch: null }, "fetch", /a function, got null/],
  ["null for a signal", { signal: null }, "signal", /an AbortSignal, got null/],
  ["a time of zero", { attemptTimeoutMs: 0 }, "attemptTimeoutMs", /1 to 3600000, got 0/],
  ["a fraction of a millisecond", { attemptTimeoutMs: 1.5 }, "attemptTimeoutMs", /got 1.5/],
  ["no number", { attemptTimeoutMs: Number.NaN }, "attemptTimeoutMs", /got a number/],
  ["a bigint", { attemptTimeoutMs: 5n }, "attemptTimeoutMs", /got a bigint/],
  ["text for a flag", { force: "true" }, "force", /true or false, got another string/],
  ["the wire name of force", { delete_flag: 1 }, "delete_flag", /use "force"/],
  ["the SDK's name of force", { deleteFlag: "1" }, "deleteFlag", /use "force"/],
];

for (const [title, change, option, says] of wrong) {
  test(`${title} is refused by name, and nothing is sent`, async () => {
    const error = await failure({ ...valid, fetch: untouched, ...change });
    assert.equal(error.kind, "options");
    assert.equal(error.option, option);
    assert.match(error.message, says);
  });
}

for (const options of [undefined, null, "text", 1, () => {}]) {
  test(`options that are ${String(options)} are refused`, async () => {
    const error = await failure(options);
    assert.equal(error.kind, "options");
    assert.equal(error.option, null);
    assert.match(error.message, /the options must be an object/);
  });
}

test("a getter that throws is reported by name, with what it threw", async () => {
  const thrown = new Error("boom");
  const options = {
    ...valid,
    get serverId() {
      throw thrown;
    },
  };
  const error = await failure(options);
  assert.equal(error.option, "serverId");
  assert.equal(error.cause, thrown);
});

test("a getter of what is no JSON is reported by name, too", async () => {
  for (const name of ["signal", "fetch"]) {
    const options = Object.defineProperty({ ...valid }, name, {
      get() {
        throw new Error("boom");
      },
    });
    const error = await failure(options);
    assert.equal(error.option, name);
    assert.equal(error.message, `option "${name}" cannot be read`);
  }
});

test("options that cannot be read at all are refused as a whole", async () => {
  const { proxy, revoke } = Proxy.revocable({ ...valid }, {});
  revoke();
  const error = await failure(proxy);
  assert.equal(error.option, null);
  assert.equal(error.message, "the options cannot be read");
});

test("what is written as a prototype is no option", async () => {
  const { fetch, calls } = answering('{"job_id":"1"}');
  const options = { ...valid, fetch, ["__proto__"]: { force: true, credentials: "include" } };
  assert.ok(Object.hasOwn(options, "__proto__"));
  await detachVolume(options);
  assert.match(calls[0]?.url ?? "", /delete_flag=0$/);
  assert.equal(calls[0]?.init.credentials, "same-origin");
});

test("a runtime without fetch asks for the option", async () => {
  const original = globalThis.fetch;
  try {
    Reflect.deleteProperty(globalThis, "fetch");
    const error = await failure(valid);
    assert.equal(error.option, "fetch");
    assert.match(error.message, /no global fetch/);
  } finally {
    globalThis.fetch = original;
  }
});

test("what the caller changes after the call changes nothing", async () => {
  const { simulator, options } = simulated();
  const headers = { "X-A": "1" };
  const pending = [];
  const record = { ...options, headers };
  for (const volumeId of [DISK_IDS.webData, DISK_IDS.webLogs]) {
    record.volumeId = volumeId;
    pending.push(detachVolume(record));
  }
  record.volumeId = "changed";
  headers["X-A"] = "changed";
  await Promise.allSettled(pending);
  assert.deepEqual(
    simulator.requests.map(({ url, headers }) => [url.split("detachvolume/")[1], headers["x-a"]]),
    [
      [`${DISK_IDS.webData}?delete_flag=0`, "1"],
      [`${DISK_IDS.webLogs}?delete_flag=0`, "1"],
    ],
  );
});

test("options may be inherited from a record of defaults", async () => {
  const { fetch, calls } = answering('{"job_id":"1"}');
  const defaults = Object.create(valid);
  await detachVolume(Object.assign(Object.create(defaults), { fetch }));
  assert.equal(calls.length, 1);
});

test("the request is the documented one and no other", async () => {
  const { fetch, calls } = answering('{"job_id":"1"}');
  const headers = { "X-CSRF-Token": "c" };
  await detachVolume({ ...valid, fetch, headers, language: "zh-cn", credentials: "include", force: true });
  const [call] = calls;
  assert.ok(call);
  const { headers: sent, signal, ...init } = call.init;
  assert.equal(
    call.url,
    `https://ecs.example.com/v1/${valid.projectId}/cloudservers/${valid.serverId}/detachvolume/${valid.volumeId}?delete_flag=1`,
  );
  assert.deepEqual(init, {
    method: "DELETE",
    credentials: "include",
    redirect: "error",
    cache: "no-store",
    referrerPolicy: "no-referrer",
  });
  assert.deepEqual(
    [...(sent as Headers)],
    [
      ["x-auth-token", "sim-token-0001"],
      ["x-csrf-token", "c"],
      ["x-language", "zh-cn"],
    ],
  );
  assert.ok(signal instanceof AbortSignal);
});

test("without options of their own no header is sent and cookies stay at home", async () => {
  const { fetch, calls } = answering('{"job_id":"1"}');
  await detachVolume({ ...valid, auth: undefined, fetch, endpoint: "/api/ecs/" });
  const [call] = calls;
  assert.ok(call);
  assert.match(call.url, /^\/api\/ecs\/v1\/.*\?delete_flag=0$/);
  assert.deepEqual([...(call.init.headers as Headers)], []);
  assert.equal(call.init.credentials, "same-origin");
});
