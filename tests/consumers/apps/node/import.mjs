import { detachVolume } from "ecs-detach-volume";

const { jobId } = await detachVolume(JSON.parse(process.env.DETACH_OPTIONS));
console.log(jobId);
