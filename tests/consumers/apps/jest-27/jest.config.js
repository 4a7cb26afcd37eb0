module.exports = {
  testEnvironment: "jsdom",
  // The page of jsdom is where the API is; else it would be cross-origin there.
  testURL: process.env.ORIGIN,
  // Not in the machine's folder for temporary files.
  cacheDirectory: ".cache",
};
