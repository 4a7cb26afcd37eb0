import { detachVolume } from "/node_modules/ecs-detach-volume/index.js";

addEventListener("message", async ({ data }) => {
  const { jobId, message } = await detachVolume(data).catch((error) => error);
  postMessage({ jobId, message });
});
