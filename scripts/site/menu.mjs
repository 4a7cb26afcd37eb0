// The menus of the site, of the pages that there are.
import { dirname } from "node:path/posix";
import { Stop } from "../lib/run.mjs";
import { DEMO } from "./home.mjs";
import { address, IN_ENGLISH, titleOf } from "./pages.mjs";

/** The groups of the menu with the addresses of their pages, in their order. */
const GROUPS = [
  { title: { en: "Start", zh: "入门" }, routes: ["guide"] },
  {
    title: { en: "Detaching disks", zh: "卸载云硬盘" },
    routes: [
      "docs/options",
      "docs/retry",
      "docs/handling-errors",
      "docs/errors",
      "docs/many-disks",
      "docs/reading",
    ],
  },
  {
    title: { en: "In your console", zh: "接入控制台" },
    routes: ["docs/authentication", "docs/proxies", "docs/csp"],
  },
];
const API = "api/";
const RECIPES = { en: "Recipes", zh: "代码示例" };
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
const SECTIONS = { guide: "guide", recipes: "docs/recipes", api: API, changelog: "changelog" };
const NAMES = {
  en: { guide: "Guide", recipes: "Recipes", api: "API", changelog: "Changelog", demo: "Demo" },
  zh: { guide: "指南", recipes: "代码示例", api: "API", changelog: "变更记录", demo: "演示" },
};

/** The menus of one language, as the generator takes them. */
export function menusOf(pages, language, hasDemo) {
  const own = pages.filter((page) => page.language === language && !page.isFile && page.route !== "");
  const under = (folder) => own.filter(({ route }) => route.startsWith(folder));
  const find = (wanted) => own.find(({ route }) => route === wanted);
  const at = (wanted) => {
    const page = find(wanted);
    if (!page) throw new Stop(`the menu has ${wanted}, which is no page`);
    return page;
  };
  const groups = GROUPS.map(({ title, routes }) => ({ title, pages: routes.map((route) => at(route)) }));
  const recipes = [...under("docs/recipes"), ...under("docs/testing")];
  const api = under(API);
  const named = new Set([...groups.flatMap(({ pages }) => pages), ...recipes, ...api]);
  const reference = under("docs/").filter((page) => !named.has(page));
  groups.push(
    { title: RECIPES, pages: recipes },
    { title: REFERENCE, pages: reference },
    { title: PROJECT, pages: own.filter((page) => !named.has(page) && !reference.includes(page)) },
  );
  const main = { guide: at("guide"), recipes: recipes[0], api: find(API), changelog: find("changelog") };
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
