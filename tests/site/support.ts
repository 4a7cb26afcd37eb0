// Folders for the tests, and the site in a browser.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import type { BrowserContextOptions, Page } from "@playwright/test";
import { browser } from "../consumers/browser.ts";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A folder with these files, given by their paths. Removed after the test. */
export function folderWith(t: { after(end: () => void): void }, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "ecs-detach-volume-site-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A page in Chromium, and what went wrong in it: errors and warnings of the console, and failed requests. */
export async function openPage(
  t: TestContext,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; wrong: string[] }> {
  const context = await (await browser()).newContext({ locale: "en-GB", ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(message.text());
  });
  page.on("requestfailed", (request) => {
    const failure = request.failure()?.errorText;
    // Pages are fetched ahead of a click; who leaves before that is over ends it.
    if (failure !== "net::ERR_ABORTED") wrong.push(`${request.url()}: ${failure}`);
  });
  await page.goto(url);
  return { page, wrong };
}
