// Calls that the caller ends.
import { equal, matches } from "../assert.ts";
import { OFTEN } from "../tools.ts";
import type { Cases } from "./index.ts";

export const aborting: Cases = {
  "an abort before the call sends nothing": async ({ api, options, failure, received }) => {
    const error = await failure(api.detachVolume({ ...options, signal: AbortSignal.abort() }));
    equal([error.kind, error.name, error.mayHaveStarted], ["aborted", "AbortError", false]);
    matches(error.cause, /^AbortError/);
    equal(await received("DELETE"), []);
  },

  "an abort during the request ends it at the server, too": async (tools) => {
    const controller = new AbortController();
    const reason = { because: "the user left" };
    const failing = tools.failureBy("hang", { signal: controller.signal });
    await tools.deleteHasCome();
    controller.abort(reason);
    const error = await failing;
    equal([error.kind, error.name, error.mayHaveStarted], ["aborted", "AbortError", true]);
    equal(error.cause === reason, true, "whether the cause is the reason");
    await tools.deleteHasGone();
  },

  "an abort while waiting ends the wait and names the task": async ({ api, options, failure }) => {
    const controller = new AbortController();
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === "waiting") controller.abort();
    };
    const waiting = { ...options, ...OFTEN, signal: controller.signal, onProgress };
    const error = await failure(api.detachVolumeAndWait(waiting));
    equal([error.kind, error.name, error.mayHaveStarted], ["aborted", "AbortError", true]);
    matches(error.jobId, /^[0-9a-f]{32}$/);
  },

  "a signal's own deadline is a TimeoutError during the request": async ({ failureBy, deleteHasGone }) => {
    const error = await failureBy("hang", { signal: AbortSignal.timeout(100) });
    equal([error.kind, error.name, error.mayHaveStarted], ["aborted", "TimeoutError", true]);
    equal((error.cause as Error).name, "TimeoutError");
    await deleteHasGone();
  },

  "a signal's own deadline is a TimeoutError during the wait": async ({
    api,
    options,
    addFault,
    failure,
  }) => {
    await addFault({ method: "DELETE", fault: "job-never-ends" });
    const signal = AbortSignal.timeout(250);
    const error = await failure(api.detachVolumeAndWait({ ...options, ...OFTEN, signal }));
    equal([error.kind, error.name, error.mayHaveStarted], ["aborted", "TimeoutError", true]);
    matches(error.jobId, /^[0-9a-f]{32}$/);
  },

  "one signal ends several disks": async ({ api, options, addFault }) => {
    await addFault({ method: "DELETE", fault: "job-never-ends" });
    const { serverId, volumeId, ...connection } = options;
    const controller = new AbortController();
    const onProgress = ({ progress }: { progress: { phase: string } | null }) => {
      if (progress?.phase === "waiting") controller.abort();
    };
    const targets = [{ serverId, volumeId }];
    const { signal } = controller;
    const [one] = await api.detachVolumes({ ...connection, ...OFTEN, targets, signal, onProgress });
    equal(one?.status === "rejected" && [one.reason.kind, one.reason.mayHaveStarted], ["aborted", true]);
  },
};
