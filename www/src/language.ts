import type { Connection } from "ecs-detach-volume";
import type { ErrorDescription, ProgressLike } from "ecs-detach-volume/messages";
import * as english from "ecs-detach-volume/messages/en";
import * as chinese from "ecs-detach-volume/messages/zh-cn";
import { recall, remember } from "./memory.ts";
import { en, type Texts } from "./texts/en/index.ts";
import { zhCn } from "./texts/zh-cn/index.ts";

export interface Language {
  /** As in the attribute `lang`. */
  id: string;
  /** In the language itself. */
  name: string;
  /** What the service is asked to write its messages in. */
  service: NonNullable<Connection["language"]>;
  texts: Texts;
  /** The package's words for its errors, and for how far it is. */
  describeError(error: unknown): ErrorDescription;
  describeProgress(progress: ProgressLike): string;
}

const KEY = "ecs-console-language";
const ENGLISH: Language = {
  id: "en",
  name: "English",
  service: "en-us",
  texts: en,
  describeError: english.describeError,
  describeProgress: english.describeProgress,
};
const CHINESE: Language = {
  id: "zh-CN",
  name: "简体中文",
  service: "zh-cn",
  texts: zhCn,
  describeError: chinese.describeError,
  describeProgress: chinese.describeProgress,
};

export const LANGUAGES: readonly Language[] = [ENGLISH, CHINESE];

/** The language of the page. It changes: what is drawn in it is to be drawn again then. */
export let language = chosen() ?? preferred();
export let text = language.texts;

/** The language as the user's region writes it, for example `en-GB`: for dates and numbers. */
export let locale = localeOf(language);

export function useLanguage(id: string): void {
  language = LANGUAGES.find((found) => found.id === id) ?? language;
  text = language.texts;
  locale = localeOf(language);
  remember(KEY, language.id);
  applyLanguage();
}

/** Says it to the browser. */
export function applyLanguage(): void {
  document.documentElement.lang = language.id;
  document.title = text.product.documentTitle;
}

function localeOf({ id }: Language): string {
  return navigator.languages.find((tag) => primary(tag) === primary(id)) ?? id;
}

function chosen(): Language | undefined {
  const id = recall(KEY);
  return LANGUAGES.find((found) => found.id === id);
}

/** The first of the browser's languages that the console speaks. */
function preferred(): Language {
  const found = navigator.languages.flatMap(
    (tag) => LANGUAGES.find(({ id }) => primary(id) === primary(tag)) ?? [],
  );
  return found[0] ?? ENGLISH;
}

function primary(tag: string): string | undefined {
  return tag.split("-")[0]?.toLowerCase();
}
