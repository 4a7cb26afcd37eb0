// Chinese.
import { describe } from "../describe.js";
import { texts } from "./texts.js";

/** @param {unknown} error */
export const describeError = (error) => describe(texts, error);
