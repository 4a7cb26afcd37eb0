import { defineConfig } from "@playwright/test";
import { findChromium } from "../../scripts/lib/toolchain.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: "../../target/console-test",
  globalSetup: "./build.ts",
  workers: 2,
  fullyParallel: true,
  reporter: "line",
  // The browser is the machine's own: its name and the platform are no part of a picture's name.
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.01, animations: "disabled" } },
  use: {
    viewport: { width: 1280, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    colorScheme: "light",
    launchOptions: {
      executablePath: findChromium().browser ?? "",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
