import { ComputeManagementClient } from "@azure/arm-compute";

export function connect({ endpoint, projectId, auth }) {
  const credential = {
    getToken: async () => ({ token: auth.token, expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const client = new ComputeManagementClient(credential, projectId, { endpoint });
  return async ({ serverId, volumeId }) => {
    const disks = { dataDisksToDetach: [{ diskId: volumeId }] };
    const poller = client.virtualMachines.attachDetachDataDisks("group", serverId, disks);
    await poller.submitted();
    return { jobId: "submitted" };
  };
}
