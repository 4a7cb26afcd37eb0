import { detachVolume } from "ecs-detach-volume";

export default {
  async fetch(request) {
    const options = new URL(request.url).searchParams.get("options");
    const { jobId, message, cause } = await detachVolume(JSON.parse(options)).catch((error) => error);
    return new Response(jobId ?? `${message}; ${cause}`);
  },
};
