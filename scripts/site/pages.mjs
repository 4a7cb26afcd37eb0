// Makes pages of documents, and leads links to where their targets are now.

import { Stop } from "../lib/run.mjs";
import { englishPath, isPicture, targetOf } from "./documents.mjs";
import { headings, replaceLinks, tables } from "./markdown.mjs";

export const LANGUAGES = ["en", "zh"];
export const GUIDE = "README.md";
/** Where pictures are, as the pages refer to them. */
export const PICTURES = "/files";

/** What the menus call the guide, whose heading is the name of the package. */
const GUIDE_TITLE = { en: "Getting started", zh: "快速开始" };

/** From so many columns on, a table takes the place of the page's own outline. */
const WIDE = 5;

/** What the Chinese menus say of a page that is not translated. */
export const IN_ENGLISH = "（英文）";
const NOTICE = "::: info 仅有英文版\n本页尚无中文版，以下为英文原文。\n:::\n";

/**
 * @typedef {object} Page
 * @property {string} route its address in the English site, without an ending; that of a folder ends with a slash
 * @property {"en" | "zh"} language
 * @property {string} path of the document
 * @property {string} title
 * @property {boolean} isTranslated whether it is in the language of its site
 * @property {boolean} isFile whether it shows a file as it is
 * @property {string} text
 */

/** @returns {{ pages: Page[], pictures: Set<string> }} */
export function makePages(documents) {
  const drafts = [...documents.values()].flatMap((document) =>
    LANGUAGES.map((language) => draftOf(document, language)),
  );
  const places = new Map(drafts.flatMap(({ anchors }) => anchors));
  /** @type {Set<string>} */
  const pictures = new Set();
  const pages = drafts.map(({ anchors, ...draft }) => ({
    ...draft,
    text: finish(draft, (link) => leadTo(draft, link, { documents, places, pictures })),
  }));
  return { pages, pictures };
}

/** The address of a page, from the root of the site. */
export function address(language, route) {
  return language === "en" ? `/${route}` : `/${language}/${route}`;
}

/** A text with other targets of its links: those of the site. */
function leadTo({ path, language }, link, { documents, places, pictures }) {
  const target = targetOf(path, link);
  if (!target) return link;
  if (isPicture(target.path)) {
    pictures.add(target.path);
    return `${PICTURES}/${target.path}`;
  }
  const document = documents.get(englishPath(target.path));
  if (!document) throw new Stop(`${path} refers to ${target.path}, which is no page`);
  if (target.anchor === undefined) return address(language, routeOf(document.path));
  // A Chinese document may name the anchor of an English one.
  const keys = LANGUAGES.map((of) => placeKey(of, document.path, target.anchor));
  const place = places.get(placeKey(language, document.path, target.anchor)) ?? places.get(keys[0]);
  if (!place) throw new Stop(`${path} refers to ${target.path}#${target.anchor}, which has no such heading`);
  return `${address(language, place.route)}#${place.id}`;
}

const placeKey = (language, path, anchor) => `${language} ${path}#${anchor}`;

/** A document in the site of a language, before its links are changed. */
function draftOf({ path, texts, isFile }, language) {
  const isTranslated = texts[language] !== undefined;
  const text = texts[language] ?? texts.en;
  const all = withIds(headings(text), headings(texts.en));
  const route = routeOf(path);
  const title = path === GUIDE ? GUIDE_TITLE[language] : plain(all[0]?.title ?? route);
  const anchors = all.map(({ anchor, id }) => [placeKey(language, path, anchor), { route, id }]);
  return { route, language, path, title, isTranslated, isFile, anchors, text: withAnchors(text, all) };
}

/** Headings of a translation have the ids of the original, so that a change of language keeps the place. */
function withIds(found, original) {
  const isSame =
    found.length === original.length && found.every(({ level }, at) => level === original[at].level);
  return found.map((heading, at) => ({ ...heading, id: (isSame ? original[at] : heading).anchor }));
}

/** A text whose headings have their ids. */
function withAnchors(text, all) {
  const pieces = all.map(
    ({ level, title, id, end }, at) =>
      `${"#".repeat(level)} ${title} {#${id}}${text.slice(end, all[at + 1]?.start)}`,
  );
  return text.slice(0, all[0]?.start) + pieces.join("");
}

/** Ends with a slash where the page stands for a folder. */
function routeOf(path) {
  if (path === GUIDE) return "guide";
  const named = path.replace(/\/README\.md$|\.md$/, "").replace(/\.(?=\w+$)/, "-");
  return named.replace(/(?<=^|\/)index$/, "").replace(/^[A-Z]+$/, (name) => name.toLowerCase());
}

function plain(title) {
  return title.replaceAll("`", "").replaceAll("\\", "");
}

/** How a page is called in the menus of its site. */
export function titleOf({ title, isTranslated, isFile }) {
  return isTranslated || isFile ? title : title + IN_ENGLISH;
}

/** The text of a page as the generator takes it. */
function finish({ title, route, isTranslated, isFile, text }, change) {
  const matter = [`title: ${JSON.stringify(titleOf({ title, isTranslated, isFile }))}`];
  // A file belongs to no menu, so nothing comes before or after it.
  if (isFile) matter.push("search: false", "prev: false", "next: false");
  if (route === "") matter.push("layout: home", "titleTemplate: false");
  if (tables(text).some(({ header }) => header.length >= WIDE)) matter.push("aside: false");
  const body = replaceLinks(text.replaceAll(/^<!--.*?-->\n/gm, ""), change);
  const content = isTranslated ? body : `${isFile ? "" : NOTICE}\n<div lang="en">\n\n${body}\n</div>\n`;
  return `---\n${matter.join("\n")}\n---\n\n${content}`;
}
