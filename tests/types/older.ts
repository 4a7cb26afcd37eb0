// What compilers of older frameworks must read, such as that of Angular 13. Compiled, never run.
import { detachVolume, detachVolumeAndWait, isEcsError } from "ecs-detach-volume";
import { detachVolume as withoutWasm } from "ecs-detach-volume/asm";
import { detachVolume as either } from "ecs-detach-volume/auto";
import { describeError, describeProgress } from "ecs-detach-volume/messages";
import { describeError as inEnglish } from "ecs-detach-volume/messages/en";

const required = { endpoint: "/api/ecs", projectId: "p", serverId: "s", volumeId: "v" };

export const calls = [
  detachVolume({ ...required, headers: { "X-CSRF": "1" } }),
  detachVolume({ ...required, headers: [["X-CSRF", "1"]] }),
  detachVolume({ ...required, headers: new Headers(), fetch, signal: new AbortController().signal }),
  withoutWasm({ ...required, fetch: (url, init) => fetch(url, { ...init, keepalive: true }) }),
  either({ ...required, auth: () => Promise.resolve({ token: "t" }), retry: false }),
];

export async function detach(): Promise<string> {
  try {
    const { elapsedMs, jobId } = await detachVolumeAndWait({
      ...required,
      onProgress: (progress) => console.log(progress.lastFailure?.kind, describeProgress(progress)),
    });
    return `${jobId} ${elapsedMs.toFixed()}`;
  } catch (error) {
    if (!isEcsError(error)) return inEnglish(error).title;
    return `${error.kind} ${error.jobId} ${error.mayHaveStarted} ${describeError(error).remedy}`;
  }
}
