// What is read of the options, and when.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { type DetachVolumeOptions, detachVolume, detachVolumes } from "ecs-detach-volume";
import { answering, failure, valid } from "./support.ts";

/** The headers of a request with certain headers of the caller's. */
async function sent(headers: unknown) {
  const { fetch, calls } = answering('{"job_id":"1"}');
  await detachVolume({ ...valid, auth: undefined, fetch, headers: headers as HeadersInit });
  return [...((calls[0]?.init.headers ?? []) as Headers)];
}

const TWO = [
  ["x-a", "1"],
  ["x-b", "2"],
] as const;

const forms: [name: string, headers: unknown][] = [
  ["a record", { "X-A": "1", "X-B": "2" }],
  ["a record of defaults", Object.assign(Object.create({ "X-A": "1" }), { "X-B": "2" })],
  ["a record of another frame", runInNewContext('({ "X-A": "1", "X-B": "2" })')],
  ["pairs", [...TWO]],
  ["pairs of another frame", runInNewContext('[["X-A", "1"], ["X-B", "2"]]')],
  ["a Headers object", new Headers(Object.fromEntries(TWO))],
  ["a Map", new Map(TWO)],
  [
    "what gives pairs one by one",
    (function* () {
      yield* TWO;
    })(),
  ],
  [
    "a Headers object that cannot be iterated",
    {
      forEach: (add: (value: string, name: string) => void) =>
        void TWO.map(([name, value]) => add(value, name)),
    },
  ],
];
for (const [name, headers] of forms) {
  test(`headers may be ${name}`, async () => {
    assert.deepEqual(await sent(headers), TWO);
  });
}

function* endless() {
  for (let index = 0; ; index += 1) yield [`X-${index}`, "1"];
}

const wrong: [name: string, headers: unknown, option: string, says: RegExp][] = [
  ["a text", "X-A: 1", "headers", /got another string/],
  ["a function", () => {}, "headers", /got a function/],
  ["null", null, "headers", /got null/],
  ["no pairs", [1], "headers", /a record, pairs or Headers .*, got an array/],
  ["texts in place of pairs", ["ab"], "headers", /a record, pairs or Headers .*, got an array/],
  ["null in place of a pair", [null], "headers", /cannot be read/],
  ["a pair of three", [["X-A", "1", "2"]], "headers.X-A", /got an array/],
  ["half a pair", [["X-A"]], "headers.X-A", /a string of 1 to 8192/],
  ["a pair without a name", [[1, "1"]], "headers.", /a valid header name/],
  ["without end", endless(), "headers", /at most 64/],
];
for (const [name, headers, option, says] of wrong) {
  test(`headers that are ${name} are refused by name`, async () => {
    const error = await failure({ ...valid, headers });
    assert.deepEqual([error.kind, error.option], ["options", option]);
    assert.match(error.message, says);
  });
}

test("a header that cannot be read is reported by name", async () => {
  const headers = {
    get "X-A"() {
      return assert.fail("boom");
    },
  };
  assert.equal((await failure({ ...valid, headers })).option, "headers.X-A");
});

test("what is no option is not looked at, however large or strange it is", async () => {
  const { fetch, calls } = answering('{"job_id":"1"}');
  // Each level shares its parts: written out, this would be 2^40 of them.
  let shared: object = {};
  for (let level = 0; level < 40; level += 1) shared = { a: shared, b: shared };
  const options = { ...valid, fetch, shared, retry: { other: shared } };
  Object.assign(options, { itself: options });
  Object.defineProperty(options, "strange", { enumerable: true, get: () => assert.fail("was read") });
  await detachVolume(options as DetachVolumeOptions);
  assert.equal(calls.length, 1);
});

test("each option is read once", async () => {
  const counts = new Map<string, number>();
  const counting = <T extends object>(object: T, prefix = ""): T =>
    new Proxy(object, {
      get(target, name) {
        const path = prefix + String(name);
        counts.set(path, (counts.get(path) ?? 0) + 1);
        return Reflect.get(target, name);
      },
    });
  const { fetch } = answering('{"job_id":"1"}');
  const auth = counting({ token: "t" }, "auth.");
  const retry = counting({ maxAttempts: 2 }, "retry.");
  await detachVolume(counting({ ...valid, fetch, auth, retry, signal: AbortSignal.timeout(9000) }));
  assert.deepEqual(
    [...counts].filter(([, count]) => count !== 1),
    [],
  );
  for (const name of ["serverId", "auth.token", "retry.maxAttempts", "signal"])
    assert.ok(counts.has(name), name);
});

test("objects of any class are taken", async () => {
  class Target {
    readonly serverId: string;
    readonly volumeId: string;
    constructor(serverId: string, volumeId: string) {
      this.serverId = serverId;
      this.volumeId = volumeId;
    }
    /** As a library of models would have it. */
    save() {}
  }
  class Token {
    get token() {
      return "t";
    }
  }
  class Retry {
    maxAttempts = 1;
  }
  const { fetch, calls } = answering("{}", { status: 403 });
  const { endpoint, projectId } = valid;
  const targets = [new Target("s1", "v1"), new Target("s2", "v2")];
  const settled = await detachVolumes({
    endpoint,
    projectId,
    targets,
    auth: new Token(),
    retry: new Retry(),
    fetch,
  });
  assert.deepEqual(
    settled.map(({ status, target }) => [status, target]),
    targets.map(({ serverId, volumeId }) => ["rejected", { serverId, volumeId }]),
  );
  assert.equal(new Headers(calls[0]?.init.headers).get("x-auth-token"), "t");
});

test("an endpoint may be whatever is like a URL", async () => {
  const href = "https://ecs.example.com/base";
  for (const endpoint of [new URL(href), { href, toJSON: () => href }]) {
    const { fetch, calls } = answering('{"job_id":"1"}');
    await detachVolume({ ...valid, endpoint, fetch });
    assert.ok(calls[0]?.url.startsWith(`${href}/v1/`));
  }
});

test("half a surrogate pair is replaced, and no other text is", async () => {
  const { fetch, calls } = answering('{"job_id":"1"}');
  const odd = '\\ud800 "\\" \u0001 😀 \\';
  for (const volumeId of [`${odd}\ud83d`, odd]) {
    const error = await failure({ ...valid, fetch, volumeId });
    assert.match(error.message, /got \\ at position 1/);
  }
  assert.equal(calls.length, 0);
});
