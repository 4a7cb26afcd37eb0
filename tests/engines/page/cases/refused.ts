// What the package or the service refuses.
import { DISK_IDS } from "../../../simulator/seed.ts";
import { equal, matches } from "../assert.ts";
import type { Cases } from "./index.ts";

export const refused: Cases = {
  "wrong options are named, and nothing is sent": async ({ api, options, failure, received }) => {
    const wrong: [option: string, change: object][] = [
      ["serverId", { serverId: "" }],
      ["force", { force: 1 }],
      ["endpoint", { endpoint: "http://ecs.example.com" }],
      ["headers.Host", { headers: { Host: "elsewhere" } }],
      ["signal", { signal: {} }],
      ["fetch", { fetch: null }],
      ["deleteFlag", { deleteFlag: 1 }],
    ];
    for (const [option, change] of wrong) {
      const error = await failure(api.detachVolume({ ...options, ...change }));
      equal([error.kind, error.option, error.attempts], ["options", option, 0]);
    }
    equal(await received("DELETE"), []);
  },

  "a refusal arrives as an error with its fields": async ({ api, options, failure }) => {
    const error = await failure(api.detachVolume({ ...options, volumeId: DISK_IDS.dbData }));
    const { requestId, detachRequestId, errorMessage, ...rest } = error;
    matches(requestId, /^[0-9a-f]{32}$/);
    equal([detachRequestId, error.name], [requestId, "EcsError"]);
    equal(error.message, `HTTP 400, Ecs.0111: ${errorMessage}`);
    equal(rest, {
      kind: "not-attached",
      mayHaveStarted: true,
      attempts: 1,
      jobId: null,
      jobStatus: null,
      doubt: null,
      lastFailure: { kind: "not-attached", status: 400, code: "Ecs.0111", message: errorMessage },
      status: 400,
      errorCode: "Ecs.0111",
      details: [],
      retryAfterMs: null,
      encodedAuthorizationMessage: null,
      bodyExcerpt: null,
    });
    equal([undefined, new Error("x"), AbortSignal.abort().reason].map(api.isEcsError), [false, false, false]);
    equal(api.isEcsError(structuredClone(error.toJSON())), true);
  },

  "a throttled request is repeated": async ({ api, options, addFault, received }) => {
    await addFault({ method: "DELETE", times: 2, fault: "throttle" });
    matches((await api.detachVolume(options)).jobId, /^[0-9a-f]{32}$/);
    equal(
      (await received("DELETE")).map(({ answered }) => answered),
      [429, 429, 200],
    );
  },

  "a wait that the service asks for and that is too long ends the call": async ({ failureBy }) => {
    const error = await failureBy("throttle:30", { timeoutMs: 5000 });
    equal([error.kind, error.retryAfterMs, error.attempts], ["throttled", 30_000, 1]);
    equal(error.mayHaveStarted, false);
  },

  "a web server's page is no answer of the service": async ({ failureBy }) => {
    const broken = await failureBy("html:502");
    equal([broken.kind, broken.status, broken.mayHaveStarted], ["api", 502, true]);
    matches(broken.bodyExcerpt, /<html>/);
    const login = await failureBy("html:200");
    equal([login.kind, login.status, login.mayHaveStarted], ["decode", 200, true]);
  },

  "a redirect is not followed": async ({ failureBy, received }) => {
    const error = await failureBy("redirect");
    equal([error.kind, error.mayHaveStarted], ["network", true]);
    equal((await received("GET")).length, 0);
  },
};
