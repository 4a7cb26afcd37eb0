// The three engines, as they are installed on this machine.
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Builder, type WebDriver } from "selenium-webdriver";
import { findChromium, findFirefox, findWebKit } from "../../scripts/lib/toolchain.mjs";
import { startDisplay, startDriver } from "./drivers.ts";

export interface Engine {
  name: string;
  /** Its programs; `null` where one is missing. */
  programs: { browser: string | null; driver: string | null; display?: string | null };
  /** What its driver must know, besides the path of the browser. */
  capabilities(browser: string): object;
}

export interface Session {
  driver: WebDriver;
  version: string;
  close(): Promise<void>;
}

const QUIT_MS = 5000;

const chromeOptions = JSON.parse(readFileSync(new URL("../../webdriver.json", import.meta.url), "utf8"))[
  "goog:chromeOptions"
];

export const engines: Engine[] = [
  {
    name: "Chromium",
    programs: findChromium(),
    capabilities: (binary) => ({
      browserName: "chrome",
      "goog:chromeOptions": { ...chromeOptions, binary },
    }),
  },
  {
    name: "Firefox",
    programs: findFirefox(),
    capabilities: (binary) => ({
      browserName: "firefox",
      "moz:firefoxOptions": { binary, args: ["--headless"] },
    }),
  },
  {
    name: "WebKitGTK",
    programs: findWebKit(),
    capabilities: (binary) => ({
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary, args: ["--automation"] },
    }),
  },
];

/** Which of an engine's programs this machine does not have, by what they are for. */
export function missing({ programs }: Engine): string[] {
  return Object.entries(programs).flatMap(([name, path]) => (path === null ? [name] : []));
}

/** Starts an engine, with a folder of its own for its profile. */
export async function open(engine: Engine): Promise<Session> {
  const { browser, driver: program, display: displayProgram } = engine.programs;
  if (!browser || !program) throw new Error(`${engine.name} is missing`);
  const folder = mkdtempSync(join(tmpdir(), "ecs-engine-"));
  // A browser that was just killed may still write there for a moment.
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 8 });
  process.once("exit", remove);
  const endings = [async () => remove()];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const env: NodeJS.ProcessEnv = { ...environment(folder) };
    if (displayProgram) {
      const display = await startDisplay(displayProgram);
      endings.push(display.end);
      env.DISPLAY = display.name;
    }
    const service = await startDriver(program, env);
    endings.push(service.end);
    const driver = await new Builder()
      .disableEnvironmentOverrides()
      .usingServer(service.url)
      .withCapabilities(engine.capabilities(browser))
      .build();
    endings.push(() => quit(driver));
    const version = String((await driver.getCapabilities()).getBrowserVersion());
    return { driver, version, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Lets a browser end by itself; one that does not is ended with its driver. */
async function quit(driver: WebDriver): Promise<void> {
  const tooLate = once(AbortSignal.timeout(QUIT_MS), "abort");
  await Promise.race([driver.quit().catch(() => {}), tooLate]);
}

function environment(folder: string): NodeJS.ProcessEnv {
  return {
    TMPDIR: folder,
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    // Its helper would live on by itself.
    MOZ_CRASHREPORTER_DISABLE: "1",
    // Its sandbox needs rights that a container does not give; the pages are this repository's.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
  };
}
