// The language and the theme: what the browser asks for, what the user chooses, and what is kept.
import type { Page } from "@playwright/test";
import { detach, expect, load, operation, reaches, row, simulate, TASK_MS, test } from "./fixture.ts";

const chooseLanguage = (page: Page, id: string) => page.getByTestId("language").selectOption(id);
const chooseTheme = (page: Page, id: string) => page.getByTestId("theme").selectOption(id);
const background = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number) ?? []);
const languageOf = (page: Page) => page.locator("html").getAttribute("lang");

test.describe("the language", () => {
  for (const [asked, expected] of [
    [["en-GB", "zh-CN"], "en"],
    [["zh-Hans-CN", "en"], "zh-CN"],
    [["de-DE", "zh-TW", "en"], "zh-CN"],
    [["de-DE", "fr"], "en"],
  ] as const) {
    test(`a browser that prefers ${asked.join(", ")} gets ${expected}`, async ({ blank, site }) => {
      await blank.addInitScript((languages) => {
        Object.defineProperty(navigator, "languages", { value: languages });
      }, asked);
      await load(blank, site);
      expect(await languageOf(blank)).toBe(expected);
    });
  }

  test("a choice is drawn at once, keeps what is going on, and is remembered", async ({ console, cloud }) => {
    await detach(console, "web-01-data");
    await reaches(operation(console), "waiting");
    await chooseLanguage(console, "zh-CN");
    await expect(console.getByTestId("language")).toBeFocused();
    expect(await languageOf(console)).toBe("zh-CN");
    await expect(console).toHaveTitle("云硬盘 - 弹性云服务器");
    await expect(operation(console).getByTestId("operation-title")).toHaveText("正在卸载");
    await expect(row(console, "web-01-system")).toContainText("系统盘");
    cloud.pass(TASK_MS);
    await reaches(operation(console), "detached");
    await expect(operation(console).getByTestId("operation-title")).toHaveText("卸载成功，已确认");
    await console.reload();
    expect(await languageOf(console)).toBe("zh-CN");
    await expect(row(console, "web-01-logs")).toContainText("正在使用");
    await chooseLanguage(console, "en");
    await expect(row(console, "web-01-logs")).toContainText("In use");
  });

  test("the service is asked for it, and its own words stand apart from ours", async ({ console, cloud }) => {
    await chooseLanguage(console, "zh-CN");
    await simulate(console, "forbidden");
    await detach(console, "web-01-data");
    await reaches(operation(console), "failed");
    const sent = cloud.requests.filter(({ method }) => method === "DELETE");
    expect(sent.map(({ headers }) => headers["x-language"])).toEqual(["zh-cn"]);
    await expect(operation(console).getByTestId("operation-title")).toHaveText("缺少权限");
    const own = operation(console).getByTestId("service-message");
    await expect(own).toHaveText("API鉴权失败");
    // Ours follow the language; what the service has said stays as it was.
    await chooseLanguage(console, "en");
    await expect(operation(console).getByTestId("operation-title")).toHaveText("A permission is missing");
    await expect(own).toHaveText("API鉴权失败");
  });
});

test.describe("the theme", () => {
  test("is there before the page is drawn", async ({ console, site }) => {
    await chooseTheme(console, "dark");
    await console.route(/\/assets\/index-.*\.js$/, (route) => route.abort());
    await console.goto(site);
    expect(await background(console)).toEqual([11, 17, 20]);
  });

  test("follows the system, until the user chooses, and the choice is remembered", async ({ console }) => {
    const [light, dark] = [
      [243, 245, 246],
      [11, 17, 20],
    ];
    expect(await background(console)).toEqual(light);
    await console.emulateMedia({ colorScheme: "dark" });
    expect(await background(console)).toEqual(dark);
    await chooseTheme(console, "light");
    expect(await background(console)).toEqual(light);
    await console.reload();
    await expect(console.getByTestId("theme")).toHaveValue("light");
    expect(await background(console)).toEqual(light);
    await console.emulateMedia({ colorScheme: "light" });
    await chooseTheme(console, "dark");
    expect(await background(console)).toEqual(dark);
    await chooseTheme(console, "system");
    expect(await background(console)).toEqual(light);
  });
});
