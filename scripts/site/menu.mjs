// The menus of the site, of the pages that there are.
import { dirname } from "node:path/posix";
import { Stop } from "../lib/run.mjs";
import { DEMO } from "./home.mjs";
import { address, GUIDE, IN_ENGLISH, titleOf } from "./pages.mjs";

/** Where a group of the guide begins, by the address of its first page. It goes on to the next group. */
const GUIDE_GROUPS = {
  "guide/why-not-a-plain-fetch": { en: "Start", zh: "入门" },
  "guide/functions": { en: "Functions and options", zh: "函数与选项" },
  "guide/the-life-of-a-detachment": { en: "Detaching disks", zh: "卸载云硬盘" },
  "guide/errors": { en: "Errors and control", zh: "错误与控制" },
  "guide/authentication": { en: "In your console", zh: "接入控制台" },
};
const API = "api/";
const RECIPES = { en: "Recipes", zh: "示例" };
const REFERENCE = { en: "Reference and figures", zh: "参考与数据" };
const PROJECT = { en: "The project", zh: "项目" };
const OVERVIEW = { en: "Overview", zh: "概览" };
/** By folder. */
const API_KINDS = {
  functions: { en: "Functions", zh: "函数" },
  interfaces: { en: "Interfaces", zh: "接口" },
  "type-aliases": { en: "Types", zh: "类型" },
};
/** What the addresses under each item of the top menu begin with. */
const SECTIONS = { guide: "guide/", recipes: "docs/recipes", api: API, changelog: "changelog" };
const NAMES = {
  en: { guide: "Guide", recipes: "Recipes", api: "API", changelog: "Changelog", demo: "Demo" },
  zh: { guide: "指南", recipes: "示例", api: "API", changelog: "变更记录", demo: "演示" },
};

/** The menus of one language, as the generator takes them. */
export function menusOf(pages, language, hasDemo) {
  const own = pages.filter((page) => page.language === language && !page.isFile && page.route !== "");
  const under = (folder) => own.filter(({ route }) => route.startsWith(folder));
  const guide = own.filter(({ path }) => path === GUIDE);
  const recipes = under("docs/recipes");
  const reference = under("docs/").filter((page) => !recipes.includes(page));
  const api = under(API);
  const named = new Set([...guide, ...recipes, ...reference, ...api]);
  const groups = [
    ...guideGroups(guide),
    { title: RECIPES, pages: recipes },
    { title: REFERENCE, pages: reference },
    { title: PROJECT, pages: own.filter((page) => !named.has(page)) },
  ];
  const at = (wanted) => own.find(({ route }) => route === wanted);
  const main = { guide: guide[0], recipes: recipes[0], api: at(API), changelog: at("changelog") };
  const menu = (groups) =>
    groups.filter(({ pages }) => pages.length > 0).map((group) => menuOf(group, language));
  return {
    nav: navOf(main, language, hasDemo),
    sidebar: { [address(language, API)]: menu(apiGroups(api)), [address(language, "")]: menu(groups) },
  };
}

function navOf(targets, language, hasDemo) {
  const items = Object.entries(targets).filter(([, page]) => page);
  const nav = items.map(([name, { route }]) => ({
    text: NAMES[language][name],
    link: address(language, route),
    activeMatch: `^${address(language, SECTIONS[name])}`,
  }));
  // A page of its own, which the site's scripts must not load into themselves.
  if (hasDemo) nav.push({ text: NAMES[language].demo, link: DEMO, target: "_self" });
  return nav;
}

/** The pages of the guide in their order; a page that no group names belongs to the group before it. */
function guideGroups(pages) {
  const routes = new Set(pages.map(({ route }) => route));
  const lost = Object.keys(GUIDE_GROUPS).find((route) => !routes.has(route));
  if (lost) throw new Stop(`the menu begins a group with ${lost}, which ${GUIDE} does not have`);
  const groups = [];
  for (const page of pages) {
    const title = GUIDE_GROUPS[page.route];
    if (title) groups.push({ title, pages: [] });
    groups.at(-1)?.pages.push(page);
  }
  return groups;
}

/** What each entry of the package exports, the main one first, by kind. */
function apiGroups(pages) {
  const overview = pages.filter(({ route }) => route.endsWith("/"));
  overview.sort((one, other) => one.route.length - other.route.length);
  const others = pages.filter((page) => !overview.includes(page));
  const entries = [...new Set(others.map(({ route }) => dirname(dirname(route))))].sort();
  const groups = entries.flatMap((entry, index) =>
    Object.entries(API_KINDS).map(([kind, { en, zh }]) => {
      const of = index === 0 ? "" : ` · ${entry.slice(API.length)}`;
      return {
        title: { en: en + of, zh: zh + of },
        pages: others.filter(({ route }) => dirname(route) === `${entry}/${kind}`),
      };
    }),
  );
  return [{ title: OVERVIEW, pages: overview }, ...groups];
}

/** A group says once for all its pages that they are not translated. */
function menuOf({ title, pages }, language) {
  const isForeign = pages.every(({ isTranslated }) => !isTranslated);
  const items = pages.map((page) => ({
    text: isForeign ? page.title : titleOf(page),
    link: address(language, page.route),
  }));
  return { text: title[language] + (isForeign ? IN_ENGLISH : ""), items };
}
