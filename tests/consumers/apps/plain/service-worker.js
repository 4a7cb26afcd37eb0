import { detachVolume } from "/node_modules/ecs-detach-volume/index.js";

addEventListener("message", (event) => event.waitUntil(detach(event)));

async function detach({ data, source }) {
  const { jobId, message } = await detachVolume(data).catch((error) => error);
  source.postMessage({ jobId, message });
}
