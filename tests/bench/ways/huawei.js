import { BasicCredentials } from "@huaweicloud/huaweicloud-sdk-core";
import { DetachServerVolumeRequest, EcsClient } from "@huaweicloud/huaweicloud-sdk-ecs";

export function connect({ endpoint, projectId, auth }) {
  const credentials = new BasicCredentials()
    .withAk(auth.accessKey)
    .withSk(auth.secretKey)
    .withProjectId(projectId);
  const client = EcsClient.newBuilder()
    .withCredential(credentials)
    .withEndpoint(endpoint)
    // With its own adapter it signs a header that a browser does not send. With a user agent it looks for no file.
    .withOptions({ customUserAgent: "benchmark", axiosRequestConfig: { adapter: "fetch" } })
    .build();
  return async ({ serverId, volumeId }) => {
    const request = new DetachServerVolumeRequest(serverId, volumeId).withDeleteFlag("0");
    const body = await client.detachServerVolume(request);
    return { jobId: body.job_id };
  };
}
