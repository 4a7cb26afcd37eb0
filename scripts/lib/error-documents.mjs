// docs/errors.md in each language: all texts of `ecs-detach-volume/messages`.
import { texts as english } from "../../pkg/loader/messages/en/texts.js";
import { texts as chinese } from "../../pkg/loader/messages/zh-cn/texts.js";

const ENGLISH = {
  title: "Errors in plain words",
  lead: [
    "[简体中文](errors.zh-CN.md)",
    "What `describeError` of `ecs-detach-volume/messages` says ([README](../README.md#plain-words)). `npm run report -- errors` writes this page from its texts.",
  ],
  kinds: "Kinds",
  kindsLead: "For errors without a code, and for codes that are not listed below.",
  codes: "Codes",
  codesLead:
    "A code stands in `errorCode`. `APIG.` and `APIC.` in place of `APIGW.` mean the same. `Ecs.1000` with kind `not-found` or `not-attached` has the text of the kind.",
  fates: "What is known of the disk",
  fatesLead: "These sentences follow the explanation and the remedy.",
  additions: "More",
  additionsLead: "These sentences follow the remedy.",
  unknown: "What is not an error of the package",
  header: { when: "Where", text: "Sentence", columns: ["Title", "Explanation", "Remedy"] },
  other: (code) => `other ${code}`,
  withStatus: (code, status) => `${code} with HTTP ${status}`,
  comma: ", ",
  when: {
    failed: "kind `job-failed`, but for `Ecs.0111`",
    detached: "kind `not-attached`, and `mayHaveStarted` is `true`; `job-failed` with `Ecs.0111`",
    absent: "kind `not-attached`, and `mayHaveStarted` is `false`",
    accepted: "else, with a `jobId`; but not with kind `not-found`",
    unclear: "else, where `mayHaveStarted` is `true`, and for `not-found` with a `jobId`",
    unchanged: "else, where `mayHaveStarted` is `false`",
    option: "kind `options`, where `option` is not `null`",
    encoded: "`encodedAuthorizationMessage` is not `null`",
    wait: "`retryAfterMs` is not `null`",
    inUse: "kind `timeout` with a `jobId`",
  },
};

const CHINESE = {
  title: "错误说明",
  lead: [
    "[English](errors.md)",
    "`ecs-detach-volume/messages` 的 `describeError` 给出的全部文本（见 [README](../README.zh-CN.md#错误的文字说明)）。本页由 `npm run report -- errors` 根据这些文本生成。",
  ],
  kinds: "错误种类",
  kindsLead: "用于没有错误码的错误，以及下文未列出的错误码。",
  codes: "错误码",
  codesLead:
    "错误码即 `errorCode`。以 `APIG.` 或 `APIC.` 代替 `APIGW.` 时，含义相同。`Ecs.1000` 的 kind 为 `not-found` 或 `not-attached` 时，使用该种类的文本。",
  fates: "云硬盘的状况",
  fatesLead: "以下句子接在说明和处理办法之后。",
  additions: "补充",
  additionsLead: "以下句子接在处理办法之后。",
  unknown: "不是本包的错误",
  header: { when: "情形", text: "句子", columns: ["标题", "说明", "处理办法"] },
  other: (code) => `其他 ${code}`,
  withStatus: (code, status) => `${code}，HTTP ${status}`,
  comma: "、",
  when: {
    failed: "kind 为 `job-failed`，`Ecs.0111` 除外",
    detached: "kind 为 `not-attached`，且 `mayHaveStarted` 为 `true`；或 `job-failed` 且为 `Ecs.0111`",
    absent: "kind 为 `not-attached`，且 `mayHaveStarted` 为 `false`",
    accepted: "其他情况，有 `jobId`，且 kind 不是 `not-found`",
    unclear: "其他情况，`mayHaveStarted` 为 `true`；或 kind 为 `not-found` 且有 `jobId`",
    unchanged: "其他情况，`mayHaveStarted` 为 `false`",
    option: "kind 为 `options`，且 `option` 不为 `null`",
    encoded: "`encodedAuthorizationMessage` 不为 `null`",
    wait: "`retryAfterMs` 不为 `null`",
    inUse: "kind 为 `timeout`，且有 `jobId`",
  },
};

/** Each document by its path. */
export function errorDocuments() {
  return {
    "docs/errors.md": page(ENGLISH, english),
    "docs/errors.zh-CN.md": page(CHINESE, chinese),
  };
}

function page(words, texts) {
  const { header, when } = words;
  const kinds = Object.entries(texts.kinds).map(([kind, text]) => [quote(kind), ...text]);
  const codes = texts.codes.map(([names, ...text]) => [codeCell(words, names), ...text]);
  const named = (name) => {
    if (!when[name]) throw new Error(`nothing says when "${name}" is used`);
    return when[name];
  };
  const fates = Object.entries(texts.fates).map(([fate, sentences]) => [named(fate), ...sentences]);
  const additions = Object.entries(texts.additions).map(([name, sentence]) => [named(name), sentence]);
  return `${[
    `# ${words.title}`,
    ...words.lead,
    `## ${words.kinds}`,
    words.kindsLead,
    table(["`kind`", ...header.columns], [...kinds, [words.unknown, ...texts.unknown]]),
    `## ${words.fates}`,
    words.fatesLead,
    table([header.when, ...header.columns.slice(1)], fates),
    `## ${words.additions}`,
    words.additionsLead,
    table([header.when, header.text], additions),
    `## ${words.codes}`,
    words.codesLead,
    table(["`errorCode`", ...header.columns], codes),
  ].join("\n\n")}\n`;
}

function codeCell(words, names) {
  const cells = names.split(" ").map((name) => {
    const [code, status] = name.split("/");
    if (code.endsWith("*")) return words.other(quote(code));
    return status ? words.withStatus(quote(code), status) : quote(code);
  });
  return cells.join(words.comma);
}

const quote = (text) => `\`${text}\``;

function table(header, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
