// Pages in Chromium.
import { type Browser, chromium } from "@playwright/test";
import { findChromium } from "../../scripts/lib/toolchain.mjs";
import { Missing } from "./consumer.ts";

const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
];
/** For a page and what it starts; it takes a second or two. */
const TIMEOUT_MS = 30_000;

let starting: Promise<Browser> | undefined;

async function start(): Promise<Browser> {
  const executablePath = findChromium().browser;
  if (!executablePath) throw new Missing("there is no Chromium");
  return chromium.launch({ executablePath, args: ARGS });
}

/** Started once for all; `closeBrowser` ends it. */
export function browser(): Promise<Browser> {
  starting ??= start();
  return starting;
}

export async function chromiumVersion(): Promise<string> {
  return (await browser()).version();
}

export async function closeBrowser(): Promise<void> {
  const running = await starting?.catch(() => undefined);
  await running?.close();
}

/** What a page says of its outcome. Rejects where its scripts fail. */
export async function outcomeOf(url: string): Promise<string> {
  const context = await (await browser()).newContext();
  try {
    const page = await context.newPage();
    const said: string[] = [];
    const failed = new Promise<never>((_, reject) => page.once("pageerror", reject));
    failed.catch(() => undefined);
    page.on("console", (message) => said.push(message.text()));
    const outcome = page
      .goto(url)
      .then(() => page.waitForSelector("body[data-outcome]", { state: "attached", timeout: TIMEOUT_MS }));
    outcome.catch((error) => {
      if (said.length > 0) error.message += `\n${said.join("\n")}`;
    });
    await Promise.race([failed, outcome]);
    return (await page.locator("body").getAttribute("data-outcome")) ?? "";
  } finally {
    await context.close();
  }
}
