import ky from "ky";

export function connect({ endpoint, projectId, auth }) {
  const client = ky.create({ prefix: endpoint, headers: { "X-Auth-Token": auth.token } });
  return async ({ serverId, volumeId }) => {
    const path = `v1/${projectId}/cloudservers/${serverId}/detachvolume/${volumeId}`;
    const body = await client.delete(path, { searchParams: { delete_flag: "0" } }).json();
    return { jobId: body.job_id };
  };
}
