/** The code that does what the console does: with the same options, to be taken into another console. */
import { ENDPOINT } from "./connection.ts";
import { language } from "./language.ts";
import type { Session, Target } from "./model.ts";

export interface Call {
  session: Session;
  targets: readonly Target[];
  isForced: boolean;
}

const PRELOAD = `/** To be called early: the first detach then waits for no module. */
export { preload } from "ecs-detach-volume";`;

/** A module in TypeScript. What is secret, or known only when it runs, is an argument. */
export function codeOf(call: Call): string {
  const [only] = call.targets;
  return only && call.targets.length === 1 ? codeOfOne(call, only) : codeOfSeveral(call);
}

function codeOfOne({ session, isForced }: Call, { server, disk }: Target): string {
  return `import { type DetachOutcome, detachVolumeAndWait } from "ecs-detach-volume";
import { describeProgress } from "ecs-detach-volume/messages/${language.id.toLowerCase()}";

${PRELOAD}

/** With jobId, it goes on with that task, as after a reload. */
export function detach(csrfToken: string, signal: AbortSignal, jobId?: string): Promise<DetachOutcome> {
  return detachVolumeAndWait({
${connectionLines(session)}
    serverId: ${quote(server.id)}, // ${comment(server.name)}
    volumeId: ${quote(disk.volumeId)}, // ${comment(disk.name)}
    force: ${isForced},
    jobId,
    signal,
    onProgress: (progress) => console.log(progress.jobId, describeProgress(progress)),
  });
}
`;
}

function codeOfSeveral({ session, targets, isForced }: Call): string {
  return `import { type DetachSettled, detachVolumes } from "ecs-detach-volume";

${PRELOAD}

export function detach(csrfToken: string, signal: AbortSignal): Promise<DetachSettled[]> {
  return detachVolumes({
${connectionLines(session)}
    targets: [
${targets.map((target) => targetLines(target, isForced)).join("\n")}
    ],
    signal,
    onProgress: ({ detached, failed, total }) => console.log(detached, failed, total),
  });
}
`;
}

function connectionLines({ projectId }: Session): string {
  return `    endpoint: ${quote(ENDPOINT)},
    projectId: ${quote(projectId)},
    headers: { "X-CSRF-Token": csrfToken },
    language: ${quote(language.service)},`;
}

function targetLines({ server, disk }: Target, isForced: boolean): string {
  return `      {
        serverId: ${quote(server.id)}, // ${comment(server.name)}
        volumeId: ${quote(disk.volumeId)}, // ${comment(disk.name)}
        force: ${isForced},
      },`;
}

function quote(value: string): string {
  return JSON.stringify(value);
}

/** A name may hold anything; a comment ends with its line. */
function comment(name: string): string {
  return name.replaceAll(/\s+/g, " ");
}
