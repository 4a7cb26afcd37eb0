// What must hold for the site as it was built: every link and anchor leads somewhere, every page can be reached, and
// titles are in the language of their site.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "cheerio";

/** Stands for the page of an address that the site does not have; nothing leads to it. */
const NOT_FOUND = "404.html";
const DEMO = /^demo\//;

/**
 * @param {string} folder
 * @param {string} base the path that the site is served from, with a slash at both ends
 * @returns {string[]} what is wrong
 */
export function complaints(folder, base) {
  const files = readdirSync(folder, { recursive: true }).map(String);
  const names = files.filter((name) => name.endsWith(".html") && !DEMO.test(name));
  const pages = new Map(names.map((name) => [name, readPage(join(folder, name))]));
  const site = { folder, base, pages };
  const dead = [...pages].flatMap(([name, page]) => page.links.flatMap((link) => deadLink(site, name, link)));
  const lost = names.filter((name) => name !== NOT_FOUND && !reached(site).has(name));
  return [
    ...dead,
    ...lost.map((name) => `${name}: nothing leads there`),
    ...[...pages].flatMap(([name, page]) => wrongLanguage(name, page)),
  ];
}

const LINKS = "a[href], link[href], script[src], img[src], source[srcset]";

function readPage(file) {
  const $ = load(readFileSync(file, "utf8"));
  const all = (selector, ...attributes) =>
    $(selector)
      .toArray()
      .map(({ attribs }) => attributes.map((name) => attribs[name]).find((value) => value !== undefined));
  return {
    links: all(LINKS, "href", "src", "srcset"),
    ids: new Set(all("[id]", "id")),
    title: $("title").first().text(),
    language: $("html").attr("lang"),
  };
}

function deadLink(site, name, link) {
  const target = targetOf(site, name, link);
  if (target === null) return [];
  if (target === undefined) return [`${name}: ${link} is outside of ${site.base}`];
  if (!existsSync(join(site.folder, target.name))) return [`${name}: ${link} leads nowhere`];
  const page = site.pages.get(target.name);
  if (page && target.anchor && !page.ids.has(target.anchor)) return [`${name}: ${link} has no such anchor`];
  return [];
}

/** The file of the site that a link leads to. `null`: another site's; `undefined`: none. */
function targetOf({ base }, name, link) {
  const { origin, pathname, hash } = new URL(link, `http://site${base}${name}`);
  if (origin !== "http://site") return null;
  if (!pathname.startsWith(base)) return undefined;
  const path = decodeURI(pathname.slice(base.length));
  return {
    name: /(^|\/)$/.test(path) ? `${path}index.html` : path,
    anchor: decodeURIComponent(hash.slice(1)),
  };
}

/** The pages that links lead to from the beginning. */
function reached(site) {
  const seen = new Set(["index.html"]);
  for (const name of seen) {
    for (const link of site.pages.get(name)?.links ?? []) {
      const target = targetOf(site, name, link);
      if (target) seen.add(target.name);
    }
  }
  return seen;
}

function wrongLanguage(name, { title, language }) {
  const isChinese = name.startsWith("zh/");
  if (language !== (isChinese ? "zh-CN" : "en")) return [`${name}: the language is ${language}`];
  if (!title) return [`${name}: there is no title`];
  if (!isChinese && /\p{Script=Han}/u.test(title)) return [`${name}: the title "${title}" is Chinese`];
  return [];
}
