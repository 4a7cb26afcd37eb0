// The vendor's official SDK, as its documentation uses it.
import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import { Logger4jInstance } from "@huaweicloud/huaweicloud-sdk-core/logger/log4jLogger.js";
import { DetachServerVolumeRequest, EcsClient } from "@huaweicloud/huaweicloud-sdk-ecs";
import type { DetachCall, Outcome, Side } from "./calls.ts";

// It writes every error reply to the standard output, where a test's own report goes.
Logger4jInstance.level = "off";

export const vendor: Side = { name: "the vendor's SDK", flags: ["0", "1", undefined], detach };

async function detach(endpoint: string, call: DetachCall): Promise<Outcome> {
  const request = new DetachServerVolumeRequest(call.serverId, call.volumeId);
  if (call.deleteFlag !== undefined) request.withDeleteFlag(call.deleteFlag);
  try {
    return answerIn(await clientFor(endpoint, call).detachServerVolume(request));
  } catch (error) {
    return refusalIn(error);
  }
}

function clientFor(endpoint: string, call: DetachCall): EcsClient {
  const credentials = new BasicCredentials()
    .withAk(call.accessKey)
    .withSk(call.secretKey)
    .withSecurityToken(call.securityToken)
    .withProjectId(call.projectId);
  return (
    EcsClient.newBuilder()
      .withCredential(credentials)
      // Without a region it looks nothing up and takes the address as it is, without TLS, too.
      .withEndpoint(endpoint)
      // With a name of its own it keeps none in a file in the user's home.
      .withOptions({ customUserAgent: "tests" })
      .build()
  );
}

/** What it resolves with is a plain object, not the class that its types say. */
function answerIn(response: object): Outcome {
  const { job_id: jobId } = { job_id: undefined, ...response };
  if (typeof jobId !== "string") throw new Error(`no task in ${JSON.stringify(response)}`);
  return { jobId };
}

function refusalIn(error: unknown): Outcome {
  if (!(error instanceof Error)) throw error;
  const { httpStatusCode: status, errorCode } = { httpStatusCode: undefined, errorCode: undefined, ...error };
  if (typeof status !== "number" || typeof errorCode !== "string") throw error;
  return { status, errorCode };
}
