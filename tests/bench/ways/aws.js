import { DetachVolumeCommand, EC2Client } from "@aws-sdk/client-ec2";

export function connect({ endpoint, auth }) {
  const credentials = { accessKeyId: auth.accessKey, secretAccessKey: auth.secretKey };
  const client = new EC2Client({ region: "eu-west-1", endpoint, credentials });
  return async ({ serverId, volumeId }) => {
    const command = new DetachVolumeCommand({ InstanceId: serverId, VolumeId: volumeId });
    return { jobId: (await client.send(command)).State };
  };
}
