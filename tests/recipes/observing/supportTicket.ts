import { type EcsError, isEcsError } from "ecs-detach-volume";

/** What the vendor's support needs to find what happened. It has no secrets: the package masks them in its errors. */
export function supportTicket(
  error: unknown,
  disk: { serverId: string; volumeId: string },
  at = new Date(),
): string {
  const rows = [
    ["Time (UTC)", at.toISOString()],
    ["Server (ECS)", disk.serverId],
    ["Disk (EVS)", disk.volumeId],
    ...(isEcsError(error) ? rowsOf(error) : [["Error", String(error)]]),
  ];
  return rows.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])).join("\n");
}

function rowsOf(error: EcsError): (string | null)[][] {
  const { kind, message, jobId, jobStatus, mayHaveStarted, doubt, lastFailure } = error;
  return [
    ["Error", `${kind}: ${message}`],
    ["Request id of the DELETE", error.detachRequestId],
    ["Request id of the last request", error.requestId],
    ["Task", jobId && `${jobId} (${jobStatus ?? "not seen"})`],
    ["Detachment", mayHaveStarted ? "may have started" : "has not started"],
    ["Unclear because of", doubt && `${doubt.kind}: ${doubt.message}`],
    ["Last failed request", lastFailure && `${lastFailure.kind}: ${lastFailure.message}`],
  ];
}
