import { detachVolume } from "ecs-detach-volume";

addEventListener("message", async ({ data }) => {
  const { jobId, message } = await detachVolume(data).catch((error) => error);
  postMessage({ jobId, message });
});
