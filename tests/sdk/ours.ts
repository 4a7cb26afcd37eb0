// The package, as it is built, with the `fetch` of Node.
import { detachVolume, isEcsError } from "ecs-detach-volume";
import type { DetachCall, Outcome, Side } from "./calls.ts";

/** It always says whether to force. */
export const ours: Side = { name: "the package", flags: ["0", "1"], detach };

async function detach(endpoint: string, call: DetachCall): Promise<Outcome> {
  const { projectId, serverId, volumeId, deleteFlag, accessKey, secretKey, securityToken } = call;
  const auth = { accessKey, secretKey, securityToken };
  const force = deleteFlag === "1";
  try {
    const { jobId } = await detachVolume({ endpoint, projectId, serverId, volumeId, force, auth });
    return { jobId };
  } catch (error) {
    return refusalIn(error);
  }
}

function refusalIn(error: unknown): Outcome {
  if (!isEcsError(error) || !("status" in error)) throw error;
  const { status, errorCode } = error;
  if (status === null || errorCode === null) throw error;
  return { status, errorCode };
}
