// The subpaths: what each holds, and that nobody pays for what they do not use.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { texts as english } from "../../pkg/loader/messages/en/texts.js";
import { texts as chinese } from "../../pkg/loader/messages/zh-cn/texts.js";
import { errorDocuments } from "../../scripts/lib/error-documents.mjs";
import { codeBlocks, README, ROOT, read, temporaryFolder } from "../docs/documents.ts";
import { createSimulator, DISK_IDS, PROJECT_ID, SERVER_IDS } from "../simulator/index.ts";

/** Long enough to stand nowhere else by chance. */
const explanationsOf = ({ codes }: typeof english) => codes.map(([, , explanation]) => explanation);
const MAIN = 'import { detachVolume } from "ecs-detach-volume"; console.log(detachVolume);';

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    format: "esm",
    charset: "utf8",
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

const held = (script: string, texts: typeof english) =>
  explanationsOf(texts).filter((text) => script.includes(text)).length;

test("the main entry holds no text", async () => {
  const script = await bundle(MAIN);
  assert.deepEqual([held(script, english), held(script, chinese)], [0, 0]);
});

test("what is imported and not used is not in the bundle", async () => {
  const unused = ["messages", "messages/en", "messages/zh-cn"].map(
    (subpath, index) => `import { describeError as unused${index} } from "ecs-detach-volume/${subpath}";`,
  );
  assert.equal(await bundle(unused.join("\n") + MAIN), await bundle(MAIN));
});

test("a language comes by itself", async () => {
  const load = (subpath: string) =>
    bundle(`import { describeError } from "ecs-detach-volume/${subpath}"; console.log(describeError);`);
  const [both, en, zh] = await Promise.all(["messages", "messages/en", "messages/zh-cn"].map(load));
  const all = explanationsOf(english).length;
  assert.deepEqual([held(both ?? "", english), held(both ?? "", chinese)], [all, all]);
  assert.deepEqual([held(en ?? "", english), held(zh ?? "", chinese)], [all, all]);
  assert.doesNotMatch(en ?? "", /\p{Script=Han}/u);
  assert.equal(held(zh ?? "", english), 0);
});

test("a CommonJS script gets the same", async () => {
  const require = createRequire(import.meta.url);
  for (const name of ["messages", "messages/en", "messages/zh-cn"]) {
    const { describeError, describeProgress } = await import(`ecs-detach-volume/${name}`);
    const same = require(`ecs-detach-volume/${name}`);
    assert.deepEqual(same.describeError(null), describeError(null));
    assert.equal(same.describeProgress({ phase: "checking" }), describeProgress({ phase: "checking" }));
  }
});

test("the committed tables of errors are those of the texts", () => {
  for (const [path, text] of Object.entries(errorDocuments()))
    assert.equal(read(path), text, `run \`npm run report -- errors\` and read what has changed in ${path}`);
});

test("the example of the README shows an error in the language of the page", async (t) => {
  const [block, ...others] = codeBlocks(README).filter(({ code }) => code.includes("describeError(error"));
  assert.ok(block && others.length === 0);
  const file = join(temporaryFolder(t), "example.mts");
  writeFileSync(file, block.code);
  const { detach } = await import(pathToFileURL(file).href);
  const sim = createSimulator();
  Object.assign(globalThis, {
    projectId: PROJECT_ID,
    serverId: SERVER_IDS.web,
    volumeId: DISK_IDS.webData,
    document: { documentElement: { lang: "zh-CN" } },
  });
  // No token: nobody is logged in.
  t.mock.method(globalThis, "fetch", (url: string, init: RequestInit) =>
    sim.fetch(url.replace("/api/ecs", "https://ecs.example.com"), init),
  );
  const shown: string[] = [];
  await detach((...texts: string[]) => shown.push(...texts));
  const [title = "", text = ""] = shown;
  assert.ok(title.length > 0);
  assert.ok(text.includes(chinese.fates.unchanged[0]), text);
});
