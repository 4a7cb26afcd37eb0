import { detachVolume } from "ecs-detach-volume";

export async function GET(request) {
  const options = new URL(request.url).searchParams.get("options");
  const { jobId, message, cause } = await detachVolume(JSON.parse(options)).catch((error) => error);
  return new Response(jobId ?? `${message}; ${cause}`);
}
