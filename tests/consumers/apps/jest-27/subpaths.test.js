// Jest 27 does not read `exports`: it looks for files and folders.
require("whatwg-fetch");
const { getJob } = require("ecs-detach-volume/asm");
const { detachVolume, isEcsError } = require("ecs-detach-volume/auto");
const { describeError } = require("ecs-detach-volume/messages");
const { describeError: inEnglish } = require("ecs-detach-volume/messages/en");
const { describeError: inChinese } = require("ecs-detach-volume/messages/zh-cn");
const { cloud } = require("ecs-detach-volume/testing");

const options = JSON.parse(process.env.DETACH_OPTIONS);

test("a disk is detached, and its task is read without WebAssembly", async () => {
  const { jobId } = await detachVolume(options);
  const job = await getJob({ ...options, jobId });
  expect(job.jobId).toBe(jobId);
  console.log(jobId);
});

test("an error is described in each language", async () => {
  const error = await detachVolume({ ...options, volumeId: "" }).catch((error) => error);
  expect(isEcsError(error)).toBe(true);
  expect(describeError(error, "en")).toEqual(inEnglish(error));
  expect(describeError(error, "zh")).toEqual(inChinese(error));
});

test("the cloud for tests is found", () => {
  // To run, it needs a `Request` that the one of whatwg-fetch is not.
  expect(typeof cloud).toBe("function");
});
