// The pictures of the READMEs: `npm run report -- screenshots` writes them.
import { fileURLToPath } from "node:url";
import { detach, load, operation, reaches, settle, simulate, stopClock, TASK_MS, test } from "./fixture.ts";

const FOLDER = fileURLToPath(new URL("../../docs/images", import.meta.url));

for (const [locale, name] of [
  ["en-GB", "console"],
  ["zh-CN", "console.zh-CN"],
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${name}, ${colorScheme}`, async ({ browser, cloud, site }) => {
      const page = await browser.newPage({
        locale,
        colorScheme,
        timezoneId: "UTC",
        viewport: { width: 1280, height: 1000 },
      });
      await stopClock(page);
      await load(page, site);
      await detach(page, "web-01-logs");
      await reaches(operation(page), "waiting");
      cloud.pass(TASK_MS);
      await reaches(operation(page), "detached");
      await simulate(page, "lost-reply");
      await detach(page, "web-01-data");
      await reaches(operation(page), "settling");
      // What is to be seen while the next fault is thought about.
      await simulate(page, "throttled");
      await settle(page);
      await page.screenshot({ path: `${FOLDER}/${name}-${colorScheme}.png`, animations: "disabled" });
      await page.close();
    });
  }
}
