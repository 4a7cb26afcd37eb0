// English.
import { describe, describeWork } from "../describe.js";
import { texts } from "./texts.js";

/** @param {unknown} error */
export const describeError = (error) => describe(texts, error);

/** @param {unknown} progress */
export const describeProgress = (progress) => describeWork(texts, progress);
