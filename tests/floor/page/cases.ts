// What every entry must do in every browser of the floor.
import type { EcsError } from "ecs-detach-volume";
import { DISK_IDS, PROJECT_ID, SERVER_IDS, TOKEN } from "../../simulator/seed.ts";

type Package = typeof import("ecs-detach-volume");
type Messages = typeof import("ecs-detach-volume/messages");
type Testing = typeof import("ecs-detach-volume/testing");

const CONNECTION = { endpoint: location.origin, projectId: PROJECT_ID, auth: { token: TOKEN } };
const DISK = { serverId: SERVER_IDS.web, volumeId: DISK_IDS.webData };
const OPTIONS = { ...CONNECTION, ...DISK };

/** After this, the request is with the cloud, which does not answer. */
const HANGS_MS = 200;

export const cases: Record<string, (api: Package) => Promise<void>> = {
  "one call": async ({ detachVolumeAndWait }) => {
    const phases: string[] = [];
    const onProgress = ({ phase }: { phase: string }) => void phases.push(phase);
    const { jobId } = await detachVolumeAndWait({ ...OPTIONS, initialDelayMs: 20, onProgress });
    if (!/^[0-9a-f]{32}$/.test(String(jobId))) throw new Error(`the task is ${jobId}`);
    if (!phases.includes("waiting")) throw new Error(`the phases were ${phases}`);
  },

  "a batch": async ({ detachVolumes }) => {
    const targets = [DISK, { ...DISK, volumeId: DISK_IDS.webLogs }];
    const settled = await detachVolumes({ ...CONNECTION, targets, initialDelayMs: 20 });
    const states = settled.map(({ status }) => status).join();
    if (states !== "fulfilled,fulfilled") throw new Error(`the batch was ${JSON.stringify(settled)}`);
  },

  "an abort": async (api) => {
    const controller = new AbortController();
    const headers = { "X-Sim-Fault": "hang" };
    const call = failureOf(api, api.detachVolume({ ...OPTIONS, headers, signal: controller.signal }));
    setTimeout(() => controller.abort(), HANGS_MS);
    const { name, kind, mayHaveStarted } = await call;
    same([name, kind, mayHaveStarted], ["AbortError", "aborted", true]);
  },

  "an error, and its description": async (api) => {
    const wrong = { ...OPTIONS, volumeId: DISK_IDS.dbData };
    const error = await failureOf(api, api.detachVolume(wrong));
    same([error.kind, (error as { errorCode?: unknown }).errorCode], ["not-attached", "Ecs.0111"]);
    const { describeError }: Messages = await import(`${location.origin}/package/messages/index.js`);
    const titles = ["en", "zh-cn"].map((language) => describeError(error, language as "en").title);
    if (titles[0] === titles[1] || !titles.every(Boolean)) throw new Error(`the titles are ${titles}`);
  },

  "the simulated cloud, with an abort and an error": async (api) => {
    const { cloud }: Testing = await import(`${location.origin}/package/testing/index.js`);
    const myCloud = cloud({ taskMs: 20, faults: ["drop-after"] });
    await api.detachVolumeAndWait({ ...OPTIONS, initialDelayMs: 20, fetch: myCloud });
    same([myCloud.isAttached(DISK.volumeId)], [false]);
    const again = await failureOf(api, api.detachVolume({ ...OPTIONS, fetch: myCloud }));
    same([again.kind], ["not-attached"]);
    myCloud.addFault("hang");
    const controller = new AbortController();
    const call = failureOf(api, api.detachVolume({ ...OPTIONS, fetch: myCloud, signal: controller.signal }));
    setTimeout(() => controller.abort(), HANGS_MS);
    same([(await call).kind], ["aborted"]);
  },

  "a cause": async (api) => {
    const cause = new TypeError("no network");
    const fetch = () => Promise.reject(cause);
    const error = await failureOf(api, api.detachVolume({ ...OPTIONS, fetch, retry: false }));
    same([error.kind, (error as { cause?: unknown }).cause === cause], ["network", true]);
  },

  "options that are wrong": async (api) => {
    const error = await failureOf(api, api.detachVolume({ ...OPTIONS, volumeId: "" }));
    same([error.kind, error.mayHaveStarted], ["options", false]);
  },
};

async function failureOf({ isEcsError }: Package, call: Promise<unknown>): Promise<EcsError> {
  const error = await call.then(
    (value) => Promise.reject(new Error(`the call gave ${JSON.stringify(value)}`)),
    (reason: unknown) => reason,
  );
  if (isEcsError(error)) return error;
  throw error;
}

function same(found: unknown[], wanted: unknown[]): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`);
}
