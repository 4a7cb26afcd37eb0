const { detachVolume } = require("ecs-detach-volume");

test("a disk is detached", async () => {
  const { jobId } = await detachVolume(JSON.parse(process.env.DETACH_OPTIONS));
  expect(jobId).toBeTruthy();
  console.log(jobId);
});
