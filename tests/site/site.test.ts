// The site as it is built, below a path, in Chromium.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { expect, type Page } from "@playwright/test";
import axe from "axe-core";
import { buildSite } from "../../scripts/site/build.mjs";
import { headings } from "../../scripts/site/markdown.mjs";
import { type FileServer, serveFiles } from "../console/files.ts";
import { closeBrowser } from "../consumers/browser.ts";
import { folderWith, openPage, ROOT } from "./support.ts";

const BASE = "/some/where/";
const FOLDER = "target/site-test";
const DEMO = '<!DOCTYPE html><html lang="en"><title>The demo</title><link rel="icon" href="data:,"></html>';

let server: FileServer;
let home: string;

before(async () => {
  await buildSite({ base: BASE, folder: FOLDER, demo: folderWith({ after }, { "index.html": DEMO }) });
  server = await serveFiles(join(ROOT, FOLDER), BASE);
  home = server.url;
});

after(async () => {
  await closeBrowser();
  await server?.close();
});

/** Opens the page that a search for a text finds first. */
async function openFirstFound(page: Page, text: string): Promise<void> {
  await page.locator("#local-search button").click();
  await page.locator("#localsearch-input").fill(text);
  const first = page.locator("#localsearch-list a").first();
  await expect(first.locator("mark").first()).toBeVisible();
  await first.click();
}

test("from the home page to the guide, and on by its menu", async (t) => {
  const { page, wrong } = await openPage(t, home);
  await page.getByRole("link", { name: "Get started" }).click();
  await expect(page).toHaveURL(`${home}guide.html#install`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("ecs-detach-volume");
  const menu = page.locator("#VPSidebarNav");
  await menu.getByRole("link", { name: "Many disks", exact: true }).click();
  await expect(page).toHaveTitle("Many disks | ecs-detach-volume");
  await expect(page.locator(".vp-doc pre").first()).toContainText("detachVolumes");
  assert.deepEqual(wrong, []);
});

test("every figure of the home page leads to the document that it is from", async (t) => {
  const { page, wrong } = await openPage(t, home);
  const figures = page.locator(".facts a");
  const found = await figures.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  const documents = ["benchmarks", "faults", "batch", "consumers"];
  assert.deepEqual(
    found,
    documents.map((name) => `${home}docs/${name}.html`),
  );
  for (const figure of await figures.locator("strong").allTextContents())
    assert.match(figure, /^[\d.,]+( \w+)?$/);
  assert.deepEqual(wrong, []);
});

test("the language switch leads to the same place of the same page, and back", async (t) => {
  const { page, wrong } = await openPage(t, `${home}docs/handling-errors.html#mayhavestarted`);
  await page.getByRole("button", { name: "Change language" }).hover();
  await page.getByRole("link", { name: "简体中文" }).click();
  await expect(page).toHaveURL(`${home}zh/docs/handling-errors.html#mayhavestarted`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("错误");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.getByRole("button", { name: "切换语言" }).hover();
  await page.getByRole("link", { name: "English" }).click();
  await expect(page).toHaveURL(`${home}docs/handling-errors.html#mayhavestarted`);
  assert.deepEqual(wrong, []);
});

test("translated pages have the titles of their Chinese documents", () => {
  const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
  const { "/zh/": menu } = JSON.parse(read("target/docs/menus.json")).zh.sidebar;
  const items: { text: string; link: string }[] = menu.flatMap(({ items }: { items: object[] }) => items);
  const translated = items.filter(({ link }) =>
    existsSync(join(ROOT, `${link.slice("/zh/".length)}.zh-CN.md`)),
  );
  assert.ok(translated.length > 10);
  for (const { text, link } of translated) {
    const [first] = headings(read(`${link.slice("/zh/".length)}.zh-CN.md`));
    assert.equal(text, first?.title.replaceAll("`", ""));
    assert.ok(read(`${FOLDER}${link}.html`).includes(`<title>${text} |`), link);
  }
});

test("what is in English only has its place in the Chinese site, with a note", async (t) => {
  const { page, wrong } = await openPage(t, `${home}zh/guide.html`);
  await page.getByRole("link", { name: /^Benchmarks/ }).click();
  await expect(page).toHaveURL(`${home}zh/docs/benchmarks.html`);
  await expect(page.getByText("本页尚无中文版")).toBeVisible();
  await expect(page.locator('.vp-doc [lang="en"] h1')).toContainText("Benchmarks");
  const chart = page.getByRole("img", { name: "Sizes and times as bars" });
  assert.ok(await chart.evaluate((image) => (image as HTMLImageElement).decode().then(() => true)));
  assert.deepEqual(wrong, []);
});

test("the search finds English words, also those of the API", async (t) => {
  const { page, wrong } = await openPage(t, home);
  await openFirstFound(page, "Content-Security-Policy");
  await expect(page).toHaveURL(`${home}docs/csp.html#content-security-policy`);
  await openFirstFound(page, "AccessKeyAuth");
  await expect(page).toHaveURL(/\/api\/.*interfaces\/AccessKeyAuth\.html#accesskeyauth$/);
  assert.deepEqual(wrong, []);
});

for (const [text, address] of [
  ["卸载", ""],
  ["批量卸载", "docs/many-disks.html#many-disks"],
  ["内容安全策略", "docs/csp.html#content-security-policy"],
] as const)
  test(`the search finds ${text}`, async (t) => {
    const { page, wrong } = await openPage(t, `${home}zh/`);
    await openFirstFound(page, text);
    await expect(page).toHaveURL((url) => url.href.startsWith(`${home}zh/${address}`));
    await expect(page.locator(".vp-doc")).toContainText(text.slice(-2));
    assert.deepEqual(wrong, []);
  });

test("the demo is a page of its own within the site", async (t) => {
  const { page, wrong } = await openPage(t, `${home}zh/`);
  await page.getByRole("link", { name: "在线演示" }).click();
  await expect(page).toHaveTitle("The demo");
  assert.ok(page.url().startsWith(`${home}demo/`));
  assert.deepEqual(wrong, []);
});

for (const [path, colorScheme] of [
  ["", "light"],
  ["", "dark"],
  ["zh/docs/handling-errors.html", "dark"],
  ["api/index.html", "light"],
] as const)
  test(`axe sees no serious violation on "${path}", ${colorScheme}`, async (t) => {
    const { page } = await openPage(t, home + path, { colorScheme });
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const inPage = (window as unknown as { axe: typeof axe }).axe;
      // The name of the search button leaves out the key that opens it.
      return (await inPage.run({ rules: { "label-content-name-mismatch": { enabled: false } } })).violations;
    });
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    const shown = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
    assert.deepEqual(shown, []);
  });
