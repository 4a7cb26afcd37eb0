// Who calls. The simulator checks a signature against the request as the engine has sent it.
import type { Auth } from "ecs-detach-volume";
import { ACCESS_KEY, SECRET_KEY, TEMPORARY_KEYS, TOKEN } from "../../../simulator/seed.ts";
import { equal, matches } from "../assert.ts";
import { OFTEN } from "../tools.ts";
import type { Cases } from "./index.ts";

const KEYS = { accessKey: ACCESS_KEY, secretKey: SECRET_KEY };

export const credentials: Cases = {
  "what is signed with an access key is accepted as it was sent": async ({ api, options, received }) => {
    const headers = { "X-CSRF": "abc  def", "X-Name": "\u00e9" };
    const outcome = await api.detachVolumeAndWait({ ...options, ...OFTEN, auth: KEYS, force: true, headers });
    equal(outcome.confirmedBy, "attachment");
    const sent = [...(await received("DELETE")), ...(await received("GET"))];
    equal(
      sent.filter(({ answered }) => answered === 401),
      [],
    );
    // The simulator's list masks what is secret.
    const { authorization, "x-auth-token": token } = sent[0]?.headers ?? {};
    equal([typeof authorization, typeof token], ["string", "undefined"]);
  },

  "temporary keys are accepted with their security token": async ({
    api,
    options: { volumeId: _, ...options },
  }) => {
    equal((await api.listAttachments({ ...options, auth: TEMPORARY_KEYS })).length, 4);
  },

  "a wrong secret key is refused, and says so": async ({ api, options, failure }) => {
    const auth = { ...KEYS, secretKey: "wrong" };
    const error = await failure(api.detachVolume({ ...options, auth }));
    equal([error.kind, error.status, error.mayHaveStarted], ["auth", 401, false]);
    matches(error.message, /secret key/);
  },

  "a clock that is wrong is put right by the service's": async ({ api, options, received }) => {
    const headers = { "X-Sim-Fault": "skewed:7200" };
    matches((await api.detachVolume({ ...options, auth: KEYS, headers })).jobId, /^[0-9a-f]{32}$/);
    equal(
      (await received("DELETE")).map(({ answered }) => answered),
      [401, 200],
    );
  },

  "a function gives credentials, and others where they are refused": async ({ api, options, addFault }) => {
    await addFault({ method: "DELETE", times: 1, fault: "expired-token" });
    const asked: boolean[] = [];
    const auth = async ({ rejected }: { rejected: boolean }): Promise<Auth> => {
      asked.push(rejected);
      return { token: TOKEN };
    };
    matches((await api.detachVolume({ ...options, auth })).jobId, /^[0-9a-f]{32}$/);
    equal(asked, [false, true]);
  },
};
