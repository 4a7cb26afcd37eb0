// What a console developer writes without a package: the measure for the benchmark.

/** @param {{ endpoint: string, projectId: string, serverId: string, volumeId: string, auth: { token: string } }} options */
export async function detachVolume({ endpoint, projectId, serverId, volumeId, auth }) {
  const path = `/v1/${projectId}/cloudservers/${serverId}/detachvolume/${volumeId}?delete_flag=0`;
  const response = await fetch(endpoint + path, {
    method: "DELETE",
    headers: { "X-Auth-Token": auth.token },
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`${body.error?.code}: ${body.error?.message}`);
  return { jobId: body.job_id };
}
