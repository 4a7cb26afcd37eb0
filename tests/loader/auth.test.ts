// Credentials through the built package: functions that give them, access keys, clocks that are wrong.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import {
  type Auth,
  type AuthFunction,
  detachVolume,
  detachVolumeAndWait,
  detachVolumes,
  findProjects,
  isEcsError,
} from "ecs-detach-volume";
import {
  ACCESS_KEY,
  createSimulator,
  DISK_IDS,
  OTHER_PROJECT_ID,
  PROJECT_ID,
  SECRET_KEY,
  TEMPORARY_KEYS,
  TOKEN,
} from "../simulator/index.ts";
import { seedOf } from "./many.ts";
import { rejection, untouched, valid } from "./support.ts";
import { holdingTime, inVirtualTime } from "./virtual-time.ts";

const KEYS = { accessKey: ACCESS_KEY, secretKey: SECRET_KEY };
/** No longer than that, though the simulated gateway counts its limit over a minute. */
const SOON = { baseDelayMs: 1, maxDelayMs: 1 };

function simulated(auth: Auth | AuthFunction) {
  const simulator = createSimulator();
  return { simulator, options: { ...valid, fetch: simulator.fetch, auth } };
}

/** A function that gives the simulator's token, and notes how it was asked. */
function asked(...answers: unknown[]) {
  const requests: { rejected: boolean }[] = [];
  const auth = (async (request: { rejected: boolean }) => {
    requests.push(request);
    return answers[requests.length - 1] ?? { token: TOKEN };
  }) as AuthFunction;
  return { auth, requests };
}

async function failed(promise: Promise<unknown>) {
  const error = await rejection(promise);
  assert.ok(isEcsError(error), String(error));
  return error as typeof error & Record<string, unknown>;
}

test("a function is asked before each request", async () => {
  const { auth, requests } = asked();
  const { simulator, options } = simulated(auth);
  simulator.faults.add({ times: 2, fault: "throttle" });
  await detachVolume({ ...options, retry: SOON });
  assert.deepEqual(requests, [{ rejected: false }, { rejected: false }, { rejected: false }]);
});

test("after a 401 that asks for it, other credentials are asked for once", async () => {
  const { auth, requests } = asked();
  const { simulator, options } = simulated(auth);
  simulator.faults.add({ times: 1, fault: "expired-token" });
  await detachVolume({ ...options, retry: SOON });
  assert.deepEqual(requests, [{ rejected: false }, { rejected: true }]);

  simulator.faults.add({ fault: "expired-token" });
  const error = await failed(detachVolume(options));
  assert.deepEqual([error.kind, error.errorCode, error.attempts], ["auth", "APIGW.0307", 2]);
});

test("calls that need other credentials at the same time share them", async () => {
  let renewals = 0;
  const auth: AuthFunction = async ({ rejected }) => {
    if (!rejected) return { token: "old" };
    renewals += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    return { token: TOKEN };
  };
  const simulator = createSimulator({ seed: seedOf(20, 1) });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const isOld = new Headers(init?.headers).get("X-Auth-Token") === "old";
    const body = { error_code: "APIGW.0307", error_msg: "The token must be updated." };
    return isOld ? Response.json(body, { status: 401 }) : simulator.fetch(input, init);
  };
  const calls = simulator.state.attachments.map(({ serverId, volumeId }) =>
    detachVolume({ endpoint: valid.endpoint, projectId: PROJECT_ID, serverId, volumeId, fetch, auth }),
  );
  assert.equal((await Promise.all(calls)).length, 20);
  assert.equal(renewals, 1);
});

const failures: [name: string, auth: () => unknown][] = [
  ["throws", () => assert.fail("from the function")],
  ["rejects", () => Promise.reject(new Error("from the function"))],
];
for (const [name, auth] of failures) {
  test(`a function that ${name} ends the call with what it threw, and nothing is sent`, async () => {
    const error = await failed(detachVolume({ ...valid, fetch: untouched, auth: auth as AuthFunction }));
    assert.deepEqual([error.kind, error.mayHaveStarted, error.attempts], ["auth", false, 0]);
    assert.equal((error.cause as Error).message, "from the function");
  });
}

for (const answer of [undefined, null, "token", {}, { token: "" }, { accessKey: "a" }, { token: 5 }]) {
  test(`what is no credentials is said to be none: ${JSON.stringify(answer)}`, async () => {
    const auth = (() => answer) as unknown as AuthFunction;
    const error = await failed(detachVolume({ ...valid, fetch: untouched, auth }));
    assert.deepEqual([error.kind, error.mayHaveStarted, error.attempts], ["auth", false, 0]);
    assert.match(error.message, /option "auth" returned no credentials/);
    assert.match(String(error.cause), /option "auth/);
  });
}

test("an abort or a deadline while credentials are asked for: nothing has started, nothing is sent later", async () => {
  let give = (_: Auth) => {};
  const auth = () =>
    new Promise<Auth>((resolve) => {
      give = resolve;
    });
  const controller = new AbortController();
  const options = { ...valid, fetch: untouched, auth };
  const aborted = failed(detachVolume({ ...options, signal: controller.signal }));
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort("enough");
  const { kind, mayHaveStarted, attempts, cause } = await aborted;
  assert.deepEqual([kind, mayHaveStarted, attempts, cause], ["aborted", false, 0, "enough"]);
  give({ token: TOKEN });

  const late = await failed(detachVolume({ ...options, attemptTimeoutMs: 5 }));
  assert.deepEqual([late.kind, late.mayHaveStarted, late.attempts], ["timeout", false, 0]);
  give({ token: TOKEN });
  await new Promise((resolve) => setImmediate(resolve));
});

for (const [name, keys] of Object.entries({ permanent: KEYS, temporary: TEMPORARY_KEYS })) {
  test(`${name} keys sign every request of a detachment`, async () => {
    const { options } = simulated(keys);
    const quick = { initialDelayMs: 1, pollIntervalMs: 50, maxPollIntervalMs: 50, retry: SOON };
    const fast = createSimulator({ jobDurationMs: 20 });
    fast.faults.add({ method: "DELETE", times: 1, fault: "throttle" });
    const outcome = await detachVolumeAndWait({ ...options, ...quick, fetch: fast.fetch });
    assert.equal(outcome.confirmedBy, "attachment");
    assert.ok(fast.requests.length >= 4);
    assert.ok(fast.requests.every(({ headers }) => headers.authorization && !headers["x-auth-token"]));
  });
}

test("a forced detachment is signed as it is sent", async () => {
  const { simulator, options } = simulated(KEYS);
  await detachVolume({ ...options, force: true });
  assert.match(simulator.requests[0]?.url ?? "", /delete_flag=1$/);
});

const refusals: [name: string, auth: Auth, meaning: RegExp][] = [
  ["an unknown key", { ...KEYS, accessKey: "SOMEBODYELSESKEY0001" }, /does not know the access key/],
  ["a wrong secret", { ...KEYS, secretKey: "another-secret-key" }, /secret key does not belong/],
  ["a wrong token", { ...TEMPORARY_KEYS, securityToken: "another-token" }, /security token is wrong/],
];
for (const [name, auth, meaning] of refusals) {
  test(`${name} is refused once, with the reason, and shows nowhere`, async () => {
    const { simulator, options } = simulated(auth);
    const error = await failed(detachVolume(options));
    assert.deepEqual([error.kind, error.mayHaveStarted, error.attempts], ["auth", false, 1]);
    assert.match(error.message, meaning);
    assert.equal(simulator.requests.length, 1);
    const shown = inspect(error, { depth: 9 });
    for (const secret of Object.values(auth)) assert.ok(!shown.includes(secret), shown);
  });
}

test("what was changed on the way is named", async () => {
  const { simulator, options } = simulated(KEYS);
  const fetch: typeof globalThis.fetch = (input, init) =>
    simulator.fetch(String(input).replace("ecs.example.com", "other.example.com"), init);
  const error = await failed(detachVolume({ ...options, fetch }));
  assert.match(
    error.message,
    /changed on the way: "host:ecs\.example\.com" was signed, "host:other\.example\.com" received/,
  );
});

test("a clock that is wrong is set once, by the service's words, and stays right", () =>
  inVirtualTime(async () => {
    const simulator = createSimulator({ now: () => Date.now() + 3_600_000 });
    const options = { ...valid, fetch: holdingTime(simulator.fetch), auth: KEYS };
    const outcome = await detachVolumeAndWait(options);
    assert.equal(outcome.confirmedBy, "attachment");
    const refused = () => simulator.requests.filter(({ answered }) => answered === 401).length;
    assert.equal(refused(), 1);
    await detachVolume({ ...options, volumeId: DISK_IDS.webLogs });
    assert.equal(refused(), 1);

    // Back to the right time, for the tests that follow.
    const right = createSimulator({ now: () => Date.now() });
    await detachVolume({ ...options, fetch: holdingTime(right.fetch) });
    assert.equal(right.requests.filter(({ answered }) => answered === 401).length, 1);
  }));

test("a batch with wrong keys stops at the first refusal", () =>
  inVirtualTime(async () => {
    const simulator = createSimulator({ seed: seedOf(50, 2) });
    const settled = await detachVolumes({
      endpoint: valid.endpoint,
      projectId: PROJECT_ID,
      fetch: holdingTime(simulator.fetch),
      auth: { ...KEYS, secretKey: "another-secret-key" },
      targets: simulator.state.attachments.map(({ serverId, volumeId }) => ({ serverId, volumeId })),
      concurrency: 50,
    });
    assert.ok(settled.every((one) => one.status === "rejected" && one.reason.kind === "auth"));
    assert.equal(simulator.requests.length, 1);
  }));

test("projects are found by token and by key, by name and all, page by page", async () => {
  const simulator = createSimulator();
  const connection = { iamEndpoint: "https://iam.example.com", fetch: simulator.fetch };
  const expected = { id: PROJECT_ID, name: "cn-north-4", enabled: true };
  for (const auth of [{ token: TOKEN }, KEYS, TEMPORARY_KEYS, () => KEYS]) {
    const [found, ...others] = await findProjects({ ...connection, auth, name: "cn-north-4" });
    assert.deepEqual({ ...found, domainId: undefined }, { ...expected, domainId: undefined });
    assert.match(String(found?.domainId), /^\w+$/);
    assert.deepEqual(others, []);
  }
  const all = await findProjects({ ...connection, auth: { token: TOKEN } });
  assert.deepEqual(all.map(({ id }) => id).sort(), [PROJECT_ID, OTHER_PROJECT_ID].sort());
  assert.deepEqual(await findProjects({ ...connection, auth: { token: TOKEN }, name: "unknown" }), []);
  const error = await failed(findProjects({ ...connection, auth: { token: "wrong" } }));
  assert.deepEqual([error.kind, error.mayHaveStarted], ["auth", false]);
  assert.ok(simulator.requests.every(({ url }) => url.startsWith("/v3/projects?")));
});

test("a renewal that never ends keeps no later call from asking anew", async () => {
  let renewals = 0;
  const auth: AuthFunction = ({ rejected }) => {
    if (!rejected) return { token: "old" };
    renewals += 1;
    return renewals === 1 ? new Promise(() => {}) : { token: TOKEN };
  };
  const body = { error_code: "APIGW.0307", error_msg: "The token must be updated." };
  const fetch = (async (_: string, { headers }: RequestInit) =>
    new Headers(headers).get("x-auth-token") === "old"
      ? Response.json(body, { status: 401 })
      : Response.json({ job_id: "1" })) as typeof globalThis.fetch;
  const hung = await failed(detachVolume({ ...valid, auth, fetch, attemptTimeoutMs: 20 }));
  assert.deepEqual([hung.kind, hung.mayHaveStarted, renewals], ["timeout", false, 1]);
  assert.equal((await detachVolume({ ...valid, auth, fetch })).jobId, "1");
  assert.equal(renewals, 2);
});
