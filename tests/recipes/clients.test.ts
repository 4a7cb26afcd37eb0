// The recipes for consoles with an HTTP client of their own: what it adds reaches the cloud, what the cloud answers
// reaches the caller.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import "@angular/compiler";
import type { HttpInterceptorFn } from "@angular/common/http";
import { detachVolume, detachVolumeAndWait, type FetchFunction } from "ecs-detach-volume";
import { cloud, DATA_DISK_ID, type Fault, PROJECT_ID, SERVER_ID } from "ecs-detach-volume/testing";
import { httpClientFetch } from "./angular/http-client-fetch.ts";
import { openWindow } from "./window.ts";

openWindow();
// biome-ignore lint/suspicious/noDocumentCookie: Node has no CookieStore.
document.cookie = "XSRF-TOKEN=from-the-cookie";

/** Makes a `fetch` of a client with an interceptor that adds `X-Page`, and one that counts the refusals that it sees. */
type MakeClient = (onRefusal: (status: number) => void) => Promise<FetchFunction>;

const CLIENTS: Record<string, MakeClient> = {
  axios: async (onRefusal) => {
    const { default: axios } = await import("axios");
    const { axiosFetch } = await import("./axios/axiosFetch.ts");
    const instance = axios.create({ baseURL: "/api", withCredentials: true });
    instance.interceptors.request.use((config) => {
      config.headers.set("X-Page", "disks");
      return config;
    });
    instance.interceptors.response.use(undefined, (error) => {
      onRefusal(error.response?.status ?? 0);
      throw error;
    });
    return axiosFetch(instance);
  },
  "Angular's HttpClient": async (onRefusal) => {
    const { provideHttpClient, withFetch, withInterceptors } = await import("@angular/common/http");
    const { provideZonelessChangeDetection } = await import("@angular/core");
    const { createApplication } = await import("@angular/platform-browser");
    const { tap } = await import("rxjs");
    const intercept: HttpInterceptorFn = (request, next) =>
      next(request.clone({ setHeaders: { "X-Page": "disks" } })).pipe(
        tap({ error: ({ status }) => onRefusal(status) }),
      );
    const providers = [
      provideZonelessChangeDetection(),
      provideHttpClient(withFetch(), withInterceptors([intercept])),
    ];
    const { injector } = await createApplication({ providers });
    const { runInInjectionContext } = await import("@angular/core");
    return runInInjectionContext(injector, () => httpClientFetch());
  },
};

for (const [name, makeClient] of Object.entries(CLIENTS)) {
  test(`${name}: detaches, with what the client adds to each request`, async (t) => {
    const { options, myCloud, sent } = await setUp(t, makeClient);
    assert.equal((await detachVolumeAndWait(options)).confirmedBy, "attachment");
    assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
    const [first, deletion] = myCloud.requests;
    assert.equal(first?.path, `/v1/${PROJECT_ID}/cloudservers/${SERVER_ID}/block_device/${DATA_DISK_ID}`);
    assert.deepEqual([first.query, deletion?.query], [{}, { delete_flag: "0" }]);
    for (const { headers } of myCloud.requests) assert.equal(headers["x-page"], "disks");
    assert.equal(deletion?.headers["x-xsrf-token"], "from-the-cookie");
    assert.deepEqual(
      sent.map(({ redirect, cache, referrerPolicy }) => [redirect, cache, referrerPolicy]),
      sent.map(() => ["error", "no-store", "no-referrer"]),
    );
    const credentials = name === "axios" ? "include" : "same-origin";
    assert.deepEqual(new Set(sent.map((request) => request.credentials)), new Set([credentials]));
  });

  test(`${name}: keeps status, code and request id of a refusal, and lets its interceptors see it`, async (t) => {
    const { options, myCloud, refusals } = await setUp(t, makeClient, "code:Pdp.0001");
    await assert.rejects(detachVolume(options), ({ kind, status, errorCode, requestId }) => {
      assert.deepEqual([kind, status, errorCode], ["forbidden", 403, "Pdp.0001"]);
      assert.match(requestId, /./);
      return true;
    });
    assert.deepEqual(refusals, [403]);
    assert.equal(myCloud.requests.length, 1);
  });

  test(`${name}: keeps Retry-After`, async (t) => {
    const { options, myCloud } = await setUp(t, makeClient, "throttle:3600");
    await assert.rejects(detachVolume(options), { kind: "throttled", status: 429, retryAfterMs: 3_600_000 });
    assert.equal(myCloud.requests.length, 1);
  });

  test(`${name}: a redirect is followed nowhere`, async (t) => {
    const { options, myCloud } = await setUp(t, makeClient, "redirect:/login");
    await assert.rejects(detachVolume(options), { kind: "network", mayHaveStarted: true });
    assert.equal(myCloud.requests.length, 1);
  });

  test(`${name}: a broken connection is doubt, and nothing is sent again`, async (t) => {
    const { options, myCloud } = await setUp(t, makeClient, "drop-after");
    await assert.rejects(detachVolume(options), { kind: "network", mayHaveStarted: true, attempts: 1 });
    assert.equal(myCloud.requests.length, 1);
  });

  test(`${name}: an abort ends the request`, async (t) => {
    const { options, sent } = await setUp(t, makeClient, "hang");
    const controller = new AbortController();
    const call = detachVolume({ ...options, signal: controller.signal });
    while (sent.length === 0) await new Promise(setImmediate);
    controller.abort();
    await assert.rejects(call, { kind: "aborted", mayHaveStarted: true });
    while (!sent[0]?.signal.aborted) await new Promise(setImmediate);
  });
}

test("axios: an interceptor that returns the data alone is named as the cause", async (t) => {
  const { options } = await setUp(t, async () => {
    const { default: axios } = await import("axios");
    const { axiosFetch } = await import("./axios/axiosFetch.ts");
    const instance = axios.create();
    instance.interceptors.response.use(({ data }) => data);
    return axiosFetch(instance);
  });
  await assert.rejects(detachVolumeAndWait(options), ({ kind, cause }) => {
    assert.equal(kind, "network");
    assert.match(String(cause), /^TypeError: an interceptor of this axios instance returns no response/);
    return true;
  });
});

async function setUp(t: TestContext, makeClient: MakeClient, ...faults: Fault[]) {
  const myCloud = cloud({ taskMs: 0, faults });
  const sent: Request[] = [];
  t.mock.method(globalThis, "fetch", (input: string | Request, init?: RequestInit) => {
    const request = new Request(input, init);
    sent.push(request);
    return myCloud(request);
  });
  const refusals: number[] = [];
  const options = {
    endpoint: "https://console.example.com/api/ecs",
    projectId: PROJECT_ID,
    serverId: SERVER_ID,
    volumeId: DATA_DISK_ID,
    initialDelayMs: 1,
    fetch: await makeClient((status) => refusals.push(status)),
  };
  return { options, myCloud, sent, refusals };
}
