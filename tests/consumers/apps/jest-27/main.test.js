// jsdom has no fetch; this is the usual one for it, over its XMLHttpRequest.
require("whatwg-fetch");
const { detachVolume } = require("ecs-detach-volume");

test("a disk is detached", async () => {
  const { jobId } = await detachVolume(JSON.parse(process.env.DETACH_OPTIONS));
  expect(jobId).toBeTruthy();
  console.log(jobId);
});
