// Every language.
import { describeError as inEnglish } from "./en/index.js";
import { describeError as inChinese } from "./zh-cn/index.js";

/** @type {typeof import("./types.d.ts").describeError} */
export function describeError(error, locale = "en") {
  return /^zh(?![a-z\d])/i.test(locale) ? inChinese(error) : inEnglish(error);
}
