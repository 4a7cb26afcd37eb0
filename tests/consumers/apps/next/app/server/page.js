import { detachVolume } from "ecs-detach-volume";

export default async function Page({ searchParams }) {
  const { options } = await searchParams;
  const { jobId, message } = await detachVolume(JSON.parse(options)).catch((error) => error);
  return <p>{jobId ?? message}</p>;
}
