import type { Page } from "@playwright/test";
import axe from "axe-core";
import { expect, settle } from "./fixture.ts";

/** Looks for what keeps people out, in the light and in the dark. */
export async function checkAccessibility(page: Page): Promise<void> {
  // Evaluated by the browser's debugger: the page's policy allows no such script.
  await page.evaluate(axe.source);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    const found = await page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
      return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 200))]);
    });
    expect(found, colorScheme).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}
