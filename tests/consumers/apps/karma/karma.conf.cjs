const { endpoint } = JSON.parse(process.env.DETACH_OPTIONS);

module.exports = (config) =>
  config.set({
    frameworks: ["jasmine", "webpack"],
    files: ["detach.spec.js"],
    preprocessors: { "detach.spec.js": ["webpack"] },
    // Not in the machine's folder for temporary files.
    webpack: { mode: "production", output: { path: `${__dirname}/dist` } },
    // The page of the tests is where the API is.
    proxies: { "/v1/": `${endpoint}/v1/` },
    client: { args: [process.env.DETACH_OPTIONS] },
    browsers: ["Chromium"],
    customLaunchers: { Chromium: { base: "ChromiumHeadless", flags: ["--no-sandbox", "--disable-gpu"] } },
    hostname: "127.0.0.1",
    listenAddress: "127.0.0.1",
    singleRun: true,
  });
