// The page in the dark, and in a narrow window.
import { detachSelected, expect, operation, picture, reaches, select, stopClock, test } from "./fixture.ts";

test("in the dark", async ({ console }) => {
  await console.emulateMedia({ colorScheme: "dark" });
  await stopClock(console);
  await select(console, "web-01-data", "web-01-logs");
  await detachSelected(console);
  await reaches(operation(console), "waiting");
  await select(console, "web-01-archive");
  await picture(console, "dark");
});

test("in a narrow window nothing sticks out", async ({ console }) => {
  await console.setViewportSize({ width: 360, height: 740 });
  await stopClock(console);
  await select(console, "web-01-data", "web-01-logs");
  await console.getByRole("button", { name: "Detach selected" }).click();
  await picture(console, "narrow-confirm");
  await console.getByTestId("confirm").click();
  await reaches(operation(console), "waiting");
  const overflow = await console.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(overflow).toBe(0);
  await console.getByTestId("activity").scrollIntoViewIfNeeded();
  await expect(console.getByTestId("activity")).toHaveScreenshot("narrow-activity.png");
});
