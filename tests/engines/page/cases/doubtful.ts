// What leaves in doubt whether the service has acted.

import { equal, matches } from "../assert.ts";
import type { Tools } from "../tools.ts";
import { OFTEN, reset } from "../tools.ts";
import type { Cases } from "./index.ts";

/** The connection is lost in the middle of the body: the status counts, where it is that of an error. */
async function breaksOff({ api, options, failure, notes }: Tools, framing: string): Promise<void> {
  const broken = { ...options, endpoint: `${location.origin}/cut-${framing}` };
  const error = await failure(api.detachVolume(broken));
  equal([error.kind, error.status, error.mayHaveStarted], ["decode", 200, true]);
  notes.push(error.message);
  const refusal = await failure(api.detachVolume({ ...broken, serverId: "unknown" }));
  equal([refusal.kind, refusal.status], ["not-found", 404]);
}

export const doubtful: Cases = {
  "a lost reply is doubt, and the package repeats nothing": async ({ failureBy, received, notes }) => {
    for (const fault of ["drop-before", "drop-after"]) {
      const before = (await received("DELETE")).length;
      const error = await failureBy(fault);
      equal([error.kind, error.attempts, error.mayHaveStarted], ["network", 1, true]);
      const copies = (await received("DELETE")).length - before;
      notes.push(`${fault}: ${copies} DELETE received, cause ${error.cause}`);
    }
  },

  "an answer to a copy that the browser sent is doubt": async ({ api, options, addFault, notes }) => {
    await addFault({ method: "DELETE", times: 1, fault: "drop-after" });
    const outcome = await api.detachVolume(options).then(
      () => "accepted",
      (error) => {
        equal([error.attempts, error.mayHaveStarted], [1, true]);
        return error.kind;
      },
    );
    notes.push(outcome);
    equal(/^(network|not-attached|conflict)$/.test(outcome), true, `whether "${outcome}" is doubt`);
  },

  "a lost reply is settled by the attachment": async ({ api, options, addFault, received, notes }) => {
    for (const fault of ["drop-after", "status:504:committed", "truncated", "no-job-id"] as const) {
      await reset();
      await addFault({ method: "DELETE", times: 1, fault });
      const outcome = await api.detachVolumeAndWait({ ...options, ...OFTEN });
      equal([outcome.confirmedBy, outcome.attempts], ["attachment", 1], fault);
      notes.push(`${fault}: ${(await received("DELETE")).length} DELETE received`);
    }
  },

  "a request that was lost on its way takes effect once": async ({ api, options, addFault, received }) => {
    await addFault({ method: "DELETE", times: 1, fault: "status:503" });
    const outcome = await api.detachVolumeAndWait({ ...options, ...OFTEN });
    equal([outcome.confirmedBy, outcome.attempts], ["attachment", 2]);
    equal(
      (await received("DELETE")).map(({ answered }) => answered),
      [503, 200],
    );
  },

  "a server that never answers runs into the deadline": async ({ failureBy, deleteHasGone }) => {
    const error = await failureBy("hang", { attemptTimeoutMs: 100 });
    equal([error.kind, error.name, error.attempts], ["timeout", "EcsError", 1]);
    equal(error.mayHaveStarted, true);
    await deleteHasGone();
  },

  "a body that breaks off before its length is told apart": (tools) => breaksOff(tools, "length"),

  "a body that breaks off before its last chunk is told apart": (tools) => breaksOff(tools, "chunks"),

  "a body that is too large is not read to its end": async ({ failureBy }) => {
    const error = await failureBy("huge");
    equal([error.kind, error.mayHaveStarted], ["decode", true]);
    matches(error.message, /longer than 1 MiB/);
    equal(String(error.bodyExcerpt).length, 512);
  },
};
