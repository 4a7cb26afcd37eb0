// What callers see of every reply that is documented or was seen: `tests/fixtures`. The core's part of it is judged in
// tests/wire.rs, from the same files.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { detachVolume } from "ecs-detach-volume";
import { failure, task, valid } from "./support.ts";

interface Fixture {
  status: number;
  body: string;
  headers?: Record<string, string>;
  end?: "too-long" | "broken-off";
  expect: Record<string, unknown>;
}

const FOLDER = new URL("../fixtures/wire/", import.meta.url);
const fixtures = readdirSync(FOLDER).map((name): [string, Fixture] => [
  name,
  JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")),
]);

/** A stand-in for a `Response`: real ones refuse bodies with some statuses, and end whole. */
function response({ status, body, headers, end }: Fixture) {
  const parts = [new TextEncoder().encode(body)];
  if (end === "too-long") parts.push(new Uint8Array(1024 * 1024 + 1).fill(32));
  const read = async () => {
    const value = parts.shift();
    if (value) return { done: false, value };
    if (end === "broken-off") throw new TypeError("terminated");
    return { done: true };
  };
  return { status, headers: new Headers(headers), body: { getReader: () => ({ read }) } };
}

const answer = (fixture: Fixture) => (async () => response(fixture)) as unknown as typeof fetch;

for (const [name, fixture] of fixtures) {
  test(`${name} means what it says`, async () => {
    const options = { ...valid, fetch: answer(fixture), retry: false as const };
    if ("jobId" in fixture.expect) {
      assert.equal((await detachVolume(options)).jobId, fixture.expect.jobId);
      return;
    }
    const error = await failure(options);
    const seen = Object.fromEntries(Object.keys(fixture.expect).map((key) => [key, error[key]]));
    assert.deepEqual(seen, fixture.expect);
    assert.equal(error.status, fixture.status);
    assert.match(error.message, new RegExp(`^HTTP ${fixture.status}(,|:|$)`));
  });
}

async function message(status: number, body: string, end?: "too-long" | "broken-off"): Promise<string> {
  const fixture = { status, body, expect: {}, ...(end && { end }) };
  return (await failure({ ...valid, fetch: answer(fixture), retry: false })).message;
}

test("a message names the finer code and the general one", async () => {
  const body = '{"error":{"message":"text","code":"Ecs.0005","details":[{"code":"Ecs.0057"}]}}';
  assert.equal(await message(400, body), "HTTP 400, Ecs.0057 under Ecs.0005: text");
});

test("a message says what is wrong with a reply that is not the API's", async () => {
  assert.equal(await message(200, "<html>"), "HTTP 200: the reply is not a JSON object");
  assert.equal(await message(200, "[]"), "HTTP 200: the reply is not a JSON object");
  assert.equal(await message(200, "{}"), "HTTP 200: the reply holds no job_id");
  assert.equal(await message(200, "x", "too-long"), "HTTP 200: the reply is longer than 1 MiB");
  const brokenOff = "HTTP 200: the connection broke off in the middle of the reply";
  assert.equal(await message(200, "x", "broken-off"), brokenOff);
  assert.equal(await message(502, "<html>\r\n</html>"), "HTTP 502: <html> </html>");
  assert.equal(await message(504, ""), "HTTP 504");
});

test("a message is one line of bounded length", async () => {
  const body = JSON.stringify({ error: { message: "line\n".repeat(10_000), code: "Ecs.0005" } });
  const text = await message(400, body);
  assert.ok(!text.includes("\n") && text.length < 1000, `${text.length} characters`);
});

test("an excerpt has 512 characters at most, and no half ones", async () => {
  for (const [length, kept] of [
    [511, 511],
    [512, 512],
    [600, 512],
  ] as const) {
    const fixture = { status: 502, body: "😀".repeat(length), expect: {} };
    const { bodyExcerpt } = await failure({ ...valid, fetch: answer(fixture), retry: false });
    assert.equal(bodyExcerpt, "😀".repeat(kept));
  }
});

test("how long the server asks to wait is told: in seconds, or until a date by its own clock", async () => {
  const date = "Wed, 31 Dec 2025 23:59:58 GMT";
  for (const [value, expected] of [
    ["7", 7000],
    ["0", 0],
    ["Thu, 01 Jan 2026 00:00:03 GMT", 5000],
    ["Wed, 31 Dec 2025 23:59:57 GMT", null],
    ["-1", null],
    ["1.5", 1500],
    ["+7", 7000],
    ["7s", 7000],
    ["7, 7", 7000],
    ["7 o'clock", null],
    ["soon", null],
    ["4294968", 4_294_967_295],
    ["1".repeat(400), 4_294_967_295],
    ["Thu, 01 Jan 2122 00:00:00 GMT", 4_294_967_295],
  ] as const) {
    const headers = { "retry-after": value, date };
    const fixture = { status: 429, body: "", headers, expect: {} };
    const { retryAfterMs } = await failure({ ...valid, fetch: answer(fixture), retry: false });
    assert.equal(retryAfterMs, expected, value);
  }
  const fixture = { status: 429, body: "", headers: { "retry-after": date }, expect: {} };
  const { retryAfterMs } = await failure({ ...valid, fetch: answer(fixture), retry: false });
  assert.equal(retryAfterMs, null, "a time that is over by our clock");
  const ahead = { ...fixture, headers: { "retry-after": new Date(Date.now() + 60_000).toUTCString() } };
  const error = await failure({ ...valid, fetch: answer(ahead), retry: false });
  assert.ok(Number(error.retryAfterMs) > 30_000 && Number(error.retryAfterMs) <= 60_000, "by our clock");
});

test("the id of a task that JavaScript cannot hold as a number loses no digit", async () => {
  const long = { status: 200, body: '{"job_id":12345678901234567890}', expect: {} };
  assert.deepEqual(await detachVolume({ ...valid, fetch: answer(long) }), task("12345678901234567890"));
});

test("a body that nests deeper than the stack is no JSON, and does no harm", async () => {
  const body = `{"error":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  assert.match(await message(500, body), /^HTTP 500: /);
});

test("of several request ids the gateway's own counts", async () => {
  const headers = { "x-openstack-request-id": "third", "x-request-id": "first" };
  const fixture = { status: 500, body: '{"request_id":"last"}', headers, expect: {} };
  assert.equal((await failure({ ...valid, fetch: answer(fixture) })).requestId, "first");
});
