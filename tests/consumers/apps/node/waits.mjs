import { detachVolumeAndWait } from "ecs-detach-volume";

const options = JSON.parse(process.env.DETACH_OPTIONS);
const { jobId } = await detachVolumeAndWait({ ...options, initialDelayMs: 1, pollIntervalMs: 1 });
console.log(jobId);
