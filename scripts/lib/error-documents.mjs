// docs/errors.md in each language: all texts of `ecs-detach-volume/messages`.
import { texts as english } from "../../pkg/loader/messages/en/texts.js";
import { texts as chinese } from "../../pkg/loader/messages/zh-cn/texts.js";
import { table } from "./table.mjs";

const ENGLISH = {
  title: "Errors in plain words",
  lead: [
    "[简体中文](errors.zh-CN.md)",
    "What `describeError` and `describeProgress` of `ecs-detach-volume/messages` say; [Handling errors](handling-errors.md#plain-words) shows how to use them. `npm run report -- errors` writes this page from their texts.",
  ],
  kinds: "Kinds",
  kindsLead: "For errors without a code, and for codes that are not listed below.",
  situations: {
    unknownTask: "`not-found` with a `jobId`, unless `jobStatus` is `SUCCESS`",
    unreadableTask: "`decode` with a `jobId`",
  },
  codes: "Codes",
  codesLead:
    "The code is in `errorCode`. `APIG.` and `APIC.` in place of `APIGW.` mean the same. `Ecs.1000` with kind `not-found` or `not-attached` has the text of the kind.",
  fates: "What is known about the disk",
  fatesLead: "These sentences follow the explanation and the remedy.",
  additions: "More",
  additionsLead: "The two with a `{title}` follow the explanation, the others the remedy.",
  unknown: "Any other error",
  header: { when: "If", text: "Sentence", columns: ["Title", "Explanation", "Remedy"] },
  other: (code) => `other ${code}`,
  withStatus: (code, status) => `${code} with HTTP ${status}`,
  comma: ", ",
  when: {
    failed: "kind `job-failed`, except with `Ecs.0111`",
    detached: "kind `not-attached`, and `mayHaveStarted` is `true`; `job-failed` with `Ecs.0111`",
    absent: "kind `not-attached`, and `mayHaveStarted` is `false`",
    succeeded: "else, with a `jobId`, if `jobStatus` is `SUCCESS`",
    accepted: "else, with a `jobId`, unless the kind is `not-found`",
    unclear: "else, if `mayHaveStarted` is `true`, and for `not-found` with a `jobId`",
    unchanged: "else, if `mayHaveStarted` is `false`",
    option: "kind `options`, and `option` is not `null`",
    encoded: "`encodedAuthorizationMessage` is not `null`",
    wait: "`retryAfterMs` is not `null`",
    inUse: "kind `timeout` with a `jobId`",
    doubted: "`doubt` is not `null`; unless that is the title already",
    last: "`lastFailure` is not `null`; unless that has been said already",
  },
  progress: "How far a call is",
  progressLead:
    "If the last request did not fail, one sentence says what the call is doing, and another when it asks again. After a failure, one sentence says what failed, and another when it tries again.",
  stages: {
    checking: "`phase` is `checking`",
    submitting: "`phase` is `submitting`",
    settling: "`phase` is `settling`",
    waiting: "`phase` is `waiting`, and `status` is none of those below",
    confirming: "`phase` is `confirming`",
    accepted: "`phase` is `waiting`, and `polls` is 0",
    INIT: "`phase` is `waiting`, and `status` is `INIT`",
    RUNNING: "`phase` is `waiting`, and `status` is `RUNNING`",
    unknown: "`phase` is one of a later version",
    other: "`lastFailure` is of another kind",
    next: "`nextInMs` is 1000 or more",
    again: "`nextInMs` is 1000 or more, after a failure",
    againNow: "`nextInMs` is less, or `null`, after a failure",
    goesOn: "`phase` is `waiting`, after a failure that is not `not-found`",
  },
  ofKind: (kind) => `\`lastFailure\` is of kind \`${kind}\``,
};

const CHINESE = {
  title: "错误说明",
  lead: [
    "[English](errors.md)",
    "`ecs-detach-volume/messages` 的 `describeError` 和 `describeProgress` 给出的全部文本，用法见[错误处理](handling-errors.zh-CN.md#错误的文字说明)。本页由 `npm run report -- errors` 根据这些文本生成。",
  ],
  kinds: "错误种类",
  kindsLead: "用于没有错误码的错误，以及下文未列出的错误码。",
  situations: {
    unknownTask: "`not-found` 且有 `jobId`，`jobStatus` 为 `SUCCESS` 时除外",
    unreadableTask: "`decode` 且有 `jobId`",
  },
  codes: "错误码",
  codesLead:
    "错误码即 `errorCode`。前缀 `APIG.`、`APIC.` 与 `APIGW.` 含义相同。`Ecs.1000` 的 kind 为 `not-found` 或 `not-attached` 时，使用该种类的文本。",
  fates: "云硬盘的状况",
  fatesLead: "以下句子接在说明和处理办法之后。",
  additions: "补充",
  additionsLead: "带有 `{title}` 的两句接在说明之后，其余接在处理办法之后。",
  unknown: "不是本包的错误",
  header: { when: "情形", text: "句子", columns: ["标题", "说明", "处理办法"] },
  other: (code) => `其他 ${code}`,
  withStatus: (code, status) => `${code}（HTTP ${status}）`,
  comma: "、",
  when: {
    failed: "kind 为 `job-failed`，`Ecs.0111` 除外",
    detached: "kind 为 `not-attached`，且 `mayHaveStarted` 为 `true`；或 `job-failed` 且为 `Ecs.0111`",
    absent: "kind 为 `not-attached`，且 `mayHaveStarted` 为 `false`",
    succeeded: "其他情况，有 `jobId`，且 `jobStatus` 为 `SUCCESS`",
    accepted: "其他情况，有 `jobId`，且 kind 不是 `not-found`",
    unclear: "其他情况，`mayHaveStarted` 为 `true`；或 kind 为 `not-found` 且有 `jobId`",
    unchanged: "其他情况，`mayHaveStarted` 为 `false`",
    option: "kind 为 `options`，且 `option` 不为 `null`",
    encoded: "`encodedAuthorizationMessage` 不为 `null`",
    wait: "`retryAfterMs` 不为 `null`",
    inUse: "kind 为 `timeout`，且有 `jobId`",
    doubted: "`doubt` 不为 `null`，且与标题不同",
    last: "`lastFailure` 不为 `null`，且前文没有提到",
  },
  progress: "调用的进展",
  progressLead:
    "如果上一次请求没有失败，一句说明正在做什么，一句说明何时再次查询。失败之后，一句说明什么失败，一句说明何时重试。",
  stages: {
    checking: "`phase` 为 `checking`",
    submitting: "`phase` 为 `submitting`",
    settling: "`phase` 为 `settling`",
    waiting: "`phase` 为 `waiting`，`status` 不是下列各值",
    confirming: "`phase` 为 `confirming`",
    accepted: "`phase` 为 `waiting`，且 `polls` 为 0",
    INIT: "`phase` 为 `waiting`，且 `status` 为 `INIT`",
    RUNNING: "`phase` 为 `waiting`，且 `status` 为 `RUNNING`",
    unknown: "`phase` 是以后版本新增的值",
    other: "`lastFailure` 为其他种类",
    next: "`nextInMs` 不小于 1000",
    again: "失败之后，`nextInMs` 不小于 1000",
    againNow: "失败之后，`nextInMs` 小于 1000，或为 `null`",
    goesOn: "失败之后，`phase` 为 `waiting`，且失败的种类不是 `not-found`",
  },
  ofKind: (kind) => `\`lastFailure\` 的 kind 为 \`${kind}\``,
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
  const situations = Object.entries(texts.situations).map(([name, text]) => [
    named(words.situations, name),
    ...text,
  ]);
  const codes = texts.codes.map(([names, ...text]) => [codeCell(words, names), ...text]);
  const fates = Object.entries(texts.fates).map(([fate, sentences]) => [named(when, fate), ...sentences]);
  const additions = Object.entries(texts.additions).map(([name, sentence]) => [named(when, name), sentence]);
  return `${[
    `# ${words.title}`,
    ...words.lead,
    `## ${words.kinds}`,
    words.kindsLead,
    table(["`kind`", ...header.columns], [...kinds, ...situations, [words.unknown, ...texts.unknown]]),
    `## ${words.fates}`,
    words.fatesLead,
    table([header.when, ...header.columns.slice(1)], fates),
    `## ${words.additions}`,
    words.additionsLead,
    table([header.when, header.text], additions),
    `## ${words.progress}`,
    words.progressLead,
    table([header.when, header.text], progressRows(words, texts.progress)),
    `## ${words.codes}`,
    words.codesLead,
    table(["`errorCode`", ...header.columns], codes),
  ].join("\n\n")}\n`;
}

/** Every sentence of `describeProgress`, in the order of the texts. */
function progressRows({ stages, ofKind }, { phases, task, unknown, failures, ...others }) {
  const byStage = Object.entries({ ...phases, ...task, unknown });
  return [
    ...byStage.map(([name, sentence]) => [named(stages, name), sentence]),
    ...Object.entries(failures).map(([kind, sentence]) => [stages[kind] ?? ofKind(kind), sentence]),
    ...Object.entries(others).map(([name, sentence]) => [named(stages, name), sentence]),
  ];
}

function named(words, name) {
  if (!words[name]) throw new Error(`nothing says when "${name}" is used`);
  return words[name];
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
