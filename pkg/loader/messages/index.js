// Every language.
import { describeError as errorInEnglish, describeProgress as progressInEnglish } from "./en/index.js";
import { describeError as errorInChinese, describeProgress as progressInChinese } from "./zh-cn/index.js";

/** @param {string} locale */
const isChinese = (locale) => /^zh(?![a-z\d])/i.test(locale);

/** @type {typeof import("./types.d.ts").describeError} */
export function describeError(error, locale = "en") {
  return isChinese(locale) ? errorInChinese(error) : errorInEnglish(error);
}

/** @type {typeof import("./types.d.ts").describeProgress} */
export function describeProgress(progress, locale = "en") {
  return isChinese(locale) ? progressInChinese(progress) : progressInEnglish(progress);
}
