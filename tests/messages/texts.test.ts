// Every kind and every code has its text in each language.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { describeError } from "ecs-detach-volume/messages";
import { texts as english } from "../../pkg/loader/messages/en/texts.js";
import { texts as chinese } from "../../pkg/loader/messages/zh-cn/texts.js";
import { errorKinds } from "../docs/contract.ts";
import { errorOf, JOB_ID, knownCodes, refusal, SERVICE_TEXT } from "./errors.ts";

const LANGUAGES = { en: english, "zh-cn": chinese };
/** Names that are the same in Chinese. */
const NAMES = /\b(API|Cookie|HTTPS|IAM|ID|TLS|Token|WebAssembly|umount|ecs:cloudServers:\w+)\b/g;

/** What is told from each other: a text for each kind and each group of codes. */
const entriesOf = ({ kinds, situations, codes, unknown }: typeof english) => [
  unknown,
  ...Object.values(kinds),
  ...Object.values(situations),
  ...codes.map(([, ...text]) => text),
];

/** All sentences, with their placeholders. */
const sentencesOf = (texts: typeof english) => [
  ...entriesOf(texts).flat(),
  ...Object.values(texts.fates).flat(),
  ...Object.values(texts.additions),
  ...progressOf(texts),
  ...Object.values(texts.units),
];

/** The sentences on how far a call is. */
const progressOf = ({ progress }: typeof english) =>
  Object.values(progress).flatMap((part) => (typeof part === "string" ? [part] : Object.values(part)));

for (const [locale, texts] of Object.entries(LANGUAGES)) {
  describe(locale, () => {
    test("has the kinds of the types, in their order", () => {
      assert.deepEqual(Object.keys(texts.kinds), errorKinds());
    });

    test("describes every code that the fixtures or the core know with a text of its own", async () => {
      const general = Object.values(texts.kinds).map(([title]) => title);
      for (const known of knownCodes()) {
        const description = describeError(await refusal(known), locale);
        assert.ok(!general.includes(description.title), known.code);
        assertWhole(Object.values(description), known.code);
      }
    });

    test("leaves nothing empty, whatever is known of the disk", () => {
      for (const kind of Object.keys(texts.kinds) as (keyof typeof texts.kinds)[]) {
        for (const mayHaveStarted of [true, false]) {
          for (const jobId of [null, JOB_ID]) {
            const lastFailure = { kind: "api", status: null, code: null, message: SERVICE_TEXT };
            const seen = { jobStatus: jobId && "RUNNING", doubt: lastFailure, lastFailure };
            const fields = { mayHaveStarted, jobId, ...seen, option: "volumeId", retryAfterMs: 1500 };
            assertWhole(Object.values(describeError(errorOf(kind, fields), locale)), kind);
          }
        }
      }
    });

    test("says different things of different errors", () => {
      for (const column of [0, 1]) {
        const said = entriesOf(texts).map((text) => text[column]);
        assert.deepEqual(
          said.filter((text, index) => said.indexOf(text) !== index),
          [],
        );
      }
    });

    test("lists each code once", () => {
      const codes = texts.codes.flatMap(([names]) => names.split(" "));
      assert.equal(new Set(codes).size, codes.length);
    });

    test("ends each sentence, and no title", () => {
      const stop = /[.。]$/;
      for (const [title, ...sentences] of entriesOf(texts)) {
        assert.doesNotMatch(title, stop);
        for (const sentence of sentences) assert.match(sentence, stop);
      }
      const others = [Object.values(texts.fates).flat(), Object.values(texts.additions), progressOf(texts)];
      for (const sentence of others.flat()) assert.match(sentence, /^$|[.。]$/);
    });
  });
}

test("both languages tell the same errors apart", () => {
  const groups = (texts: typeof english) => texts.codes.map(([names]) => names);
  assert.deepEqual(groups(chinese), groups(english));
});

test("both languages have the same placeholders", () => {
  const placeholders = (texts: typeof english) => sentencesOf(texts).map((text) => text.match(/\{\w+\}/g));
  assert.deepEqual(placeholders(chinese), placeholders(english));
});

test("the English texts are English, and the Chinese ones Chinese", () => {
  for (const text of sentencesOf(english)) assert.match(text, /^[\x20-\x7e]*$/);
  for (const text of sentencesOf(chinese)) {
    assert.doesNotMatch(text.replaceAll(NAMES, "").replaceAll(/\{\w+\}/g, ""), /[A-Za-z,;:?!]/);
    assert.match(text, /^$|\p{Script=Han}/u);
  }
});

function assertWhole(description: string[], what: string): void {
  assert.equal(description.length, 3, what);
  for (const text of description) {
    assert.notEqual(text, "", what);
    assert.doesNotMatch(text, /[{}]|undefined|null|NaN/, what);
    assert.ok(!text.includes(SERVICE_TEXT), what);
  }
}
