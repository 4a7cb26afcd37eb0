import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { detachVolumeAndWait, waitForJob } from "ecs-detach-volume";
import { answering, failure, rejection, simulated, valid } from "./support.ts";
import { inVirtualTime } from "./virtual-time.ts";

const TOKEN = "marker-token-0123456789abcdef/+=";
const HEADER = "marker-header \t 0123456789";
const secrets = { auth: { token: TOKEN }, headers: { "X-CSRF-Token": HEADER } };

/** Every text that can be reached from a value: own properties of any kind, prototypes left out, causes followed. */
function reachable(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || seen.has(value)) return [];
  seen.add(value);
  const members = Reflect.ownKeys(value).map((key) => Reflect.get(value, key));
  return [...Reflect.ownKeys(value).map(String), ...members.flatMap((member) => reachable(member, seen))];
}

function assertClean(shown: readonly string[]) {
  for (const text of shown) assert.doesNotMatch(text, /marker/);
}

/** What is written to the console while something happens. */
async function whatIsLogged(body: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const names = ["debug", "error", "info", "log", "trace", "warn"] as const;
  const originals = names.map((name) => console[name]);
  for (const name of names) console[name] = (...args: unknown[]) => lines.push(inspect(args));
  try {
    await body();
  } finally {
    for (const [at, name] of names.entries()) Object.assign(console, { [name]: originals[at] });
  }
  return lines;
}

const echo = (text: string) => JSON.stringify(text).slice(1, -1);
const bodies: [title: string, body: string, init: ResponseInit][] = [
  ["in every member", everyMember(TOKEN), { status: 403, headers: { "X-Request-Id": TOKEN } }],
  ["with escaped slashes", everyMember(TOKEN).replaceAll("/", "\\/"), { status: 401 }],
  ["twice in one text", everyMember(`${TOKEN} ${HEADER} ${TOKEN}`), { status: 500 }],
  [
    "in a document inside the message",
    JSON.stringify({ error: { code: "Ecs.1000", message: everyMember(TOKEN) } }),
    { status: 400 },
  ],
  ["in HTML", `<html>${TOKEN} ${HEADER}</html>`, { status: 502 }],
  ["across the border of an excerpt", `${"x".repeat(500)}${TOKEN}`, { status: 502 }],
  ["in a success that is none", TOKEN, { status: 200 }],
  ["in a refusal for too many requests", everyMember(HEADER), { status: 429 }],
];

function everyMember(text: string): string {
  return JSON.stringify({
    error: { code: text, message: text, details: [{ code: text, message: text }] },
    encoded_authorization_message: text,
    request_id: text,
  });
}

for (const [title, body, init] of bodies) {
  test(`a secret that the server echoes ${title} is nowhere in the error`, async () => {
    const { fetch, calls } = answering(body, init);
    const logged = await whatIsLogged(async () => {
      const error = await failure({ ...valid, ...secrets, fetch, retry: false });
      assertClean(reachable(error));
      assertClean([String(error), JSON.stringify(error), inspect(error, { depth: 9, showHidden: true })]);
    });
    assertClean(logged);
    assertClean(calls.map(({ url }) => url));
  });
}

test("a secret that is refused is not repeated", async () => {
  const wrong = [
    { auth: { token: `${TOKEN} with a space` } },
    { auth: TOKEN },
    { auth: { token: [TOKEN] } },
    { headers: { "X-A": `${HEADER}\n` } },
    { headers: { "X-A": [HEADER] } },
    { headers: HEADER },
  ];
  for (const change of wrong) {
    const error = await failure({ ...valid, ...change });
    assert.equal(error.kind, "options");
    assertClean(reachable(error));
  }
});

test("a number that could be a secret is not repeated either", async () => {
  for (const change of [{ auth: { token: 12345678 } }, { headers: { "X-A": 12345678 } }]) {
    assert.doesNotMatch((await failure({ ...valid, ...change })).message, /1234/);
  }
});

test("the secrets of a lost call are in no error and in no cause", async () => {
  const { options } = simulated();
  const headers = { ...secrets.headers, "X-Sim-Fault": "drop-before" };
  const error = await failure({ ...options, auth: secrets.auth, headers });
  assert.equal(error.kind, "network");
  assertClean(reachable(error));
});

test("an echoed secret is blacked out, and the rest of the text is kept", async () => {
  const { fetch } = answering(`{"error":{"code":"Ecs.0005","message":"bad token ${echo(TOKEN)} here"}}`, {
    status: 400,
  });
  assert.equal((await failure({ ...valid, ...secrets, fetch })).errorMessage, "bad token *** here");
});

test("a value of a header that is a word of ours spoils no field that programs read", async () => {
  const headers = { "X-A": "network", "X-B": "throttled", "X-C": "ff8080" };
  const lost = () => Promise.reject(new TypeError("lost"));
  assert.equal((await failure({ ...valid, headers, fetch: lost })).kind, "network");
  const { fetch } = answering("", { status: 429 });
  assert.equal((await failure({ ...valid, headers, fetch, retry: false })).kind, "throttled");
  const failed = answering('{"job_id":"ff8080","status":"FAIL"}');
  const error = await waitForJob({
    ...valid,
    headers,
    jobId: "ff8080",
    fetch: failed.fetch,
    initialDelayMs: 1,
  }).catch((reason) => reason);
  assert.deepEqual([error.kind, error.jobId], ["job-failed", "ff8080"]);
});

/** A service that repeats in the answer to the DELETE how the caller has proved who it is, and then refuses all. */
const echoing: typeof fetch = async (_, init) => {
  const headers = new Headers(init?.headers);
  const proof = headers.get("Authorization") ?? headers.get("X-Auth-Token");
  if (init?.method !== "DELETE") return new Response("", { status: 403 });
  return Response.json({ error: { code: "Ecs.7777", message: `failed for ${proof}` } }, { status: 500 });
};

test("what proved an earlier request is in no error either", () =>
  inVirtualTime(async () => {
    let asked = 0;
    const tokens = () => {
      asked += 1;
      return { token: `${TOKEN}${asked}` };
    };
    const key = { accessKey: "marker-access", secretKey: "marker-secret" };
    for (const auth of [tokens, key]) {
      const error = await rejection(
        detachVolumeAndWait({ ...valid, auth, systemDisk: "allow", fetch: echoing }),
      );
      assert.equal(Object(error).doubt.code, "Ecs.7777");
      assertClean(reachable(error));
      for (const text of reachable(error)) assert.doesNotMatch(text, /Signature=[^*]/);
    }
    assert.ok(asked > 1);
  }));
