import { detachVolume } from "ecs-detach-volume";

it("detaches a disk", async () => {
  const [options] = window.__karma__.config.args;
  const { jobId } = await detachVolume({ ...JSON.parse(options), endpoint: location.origin });
  expect(jobId).toBeTruthy();
  console.log(jobId);
});
