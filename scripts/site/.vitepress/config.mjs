// How the generator makes the site. The pages and menus come from the folder that scripts/site/build.mjs prepares.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { headings } from "../markdown.mjs";
import { tokenize } from "../tokenize.mjs";

const work = fileURLToPath(new URL("../../../target/docs", import.meta.url));
const icon = readFileSync(new URL("../../../www/src/icon.svg", import.meta.url), "utf8");
const menus = JSON.parse(readFileSync(join(work, "menus.json"), "utf8"));

const ENGLISH = {
  outline: { level: [2, 3] },
  notFound: { title: "No such page", quote: "The address may be wrong, or the page has moved." },
};

const CHINESE = {
  outline: { level: [2, 3], label: "本页内容" },
  docFooter: { prev: "上一页", next: "下一页" },
  darkModeSwitchLabel: "外观",
  lightModeSwitchTitle: "切换到浅色主题",
  darkModeSwitchTitle: "切换到深色主题",
  sidebarMenuLabel: "菜单",
  returnToTopLabel: "返回顶部",
  langMenuLabel: "切换语言",
  skipToContentLabel: "跳到正文",
  notFound: {
    title: "没有这个页面",
    quote: "地址可能有误，或者页面已经移走。",
    linkLabel: "返回首页",
    linkText: "返回首页",
  },
};

const CHINESE_SEARCH = {
  button: { buttonText: "搜索", buttonAriaLabel: "搜索" },
  modal: {
    displayDetails: "显示详情",
    resetButtonTitle: "清除",
    backButtonTitle: "关闭",
    noResultsText: "没有找到",
    footer: {
      selectText: "打开",
      selectKeyAriaLabel: "回车键",
      navigateText: "移动",
      navigateUpKeyAriaLabel: "上箭头键",
      navigateDownKeyAriaLabel: "下箭头键",
      closeText: "关闭",
      closeKeyAriaLabel: "Esc 键",
    },
  },
};

export default {
  title: "ecs-detach-volume",
  head: [["link", { rel: "icon", href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: join(work, "pages"),
  cacheDir: join(work, "cache"),
  // scripts/site/check.mjs looks at all links, anchors included.
  ignoreDeadLinks: true,
  markdown: {
    anchor: { slugify: (title) => headings(`# ${title}`)[0]?.anchor ?? "" },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  locales: {
    root: {
      label: "English",
      lang: "en",
      description: "Detaches disks from Huawei Cloud Elastic Cloud Servers, from a web console.",
      themeConfig: { ...menus.en, ...ENGLISH },
    },
    zh: {
      label: "简体中文",
      lang: "zh-CN",
      description: "在 Web 控制台中从华为云弹性云服务器卸载云硬盘。",
      themeConfig: { ...menus.zh, ...CHINESE },
    },
  },
  themeConfig: {
    search: {
      provider: "local",
      options: {
        locales: { zh: { translations: CHINESE_SEARCH } },
        miniSearch: { options: { tokenize } },
      },
    },
  },
};
