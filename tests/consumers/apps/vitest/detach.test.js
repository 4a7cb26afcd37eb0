import { detachVolume } from "ecs-detach-volume";
import { expect, test } from "vitest";

test("a disk is detached", async () => {
  const { jobId } = await detachVolume(JSON.parse(process.env.DETACH_OPTIONS));
  expect(jobId).toBeTruthy();
  console.log(jobId);
});
