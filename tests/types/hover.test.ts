// What an editor shows is enough to call the package without its documents: units, ranges, defaults, errors, sources.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createProject } from "../package/install.ts";
import { type Hover, hoversOf } from "./hovers.ts";

interface Rule {
  says: string;
  holdsFor(hover: Hover): boolean;
  isKept(hover: Hover): boolean;
}

const isA = (kind: Hover["kind"]) => (hover: Hover) => hover.kind === kind;
const isTime = ({ name }: Hover) => /Ms\b/.test(name);
const isNumber = ({ type }: Hover) => type === "number";
const calls = ({ kind, type }: Hover) => kind === "function" && type.includes("Promise<");

const NEVER_FAILS = ["preload"];
const SENDS_NOTHING = ["preload", "checkOptions"];

const RULES: readonly Rule[] = [
  { says: "what it is", holdsFor: () => true, isKept: ({ text }) => /\w{2}/.test(text) },
  {
    says: "its unit, range and default, as a time does",
    holdsFor: (hover) => isA("option")(hover) && isTime(hover),
    isKept: ({ text, tags }) =>
      /Milliseconds, a whole number from \d+ to \d+\./.test(text) && /^\d+\b/.test(tags.get("default") ?? ""),
  },
  {
    says: "its range, as a number does",
    holdsFor: (hover) => isA("option")(hover) && isNumber(hover),
    isKept: ({ text }) => /\d+ to \d+/.test(text),
  },
  {
    says: "how long it may be, as a text does",
    holdsFor: (hover) => isA("option")(hover) && /^string\b/.test(hover.type),
    isKept: ({ text }) => /\d+ (visible ASCII )?characters/.test(text),
  },
  {
    says: "its default, as what may be left out does",
    holdsFor: (hover) => isA("option")(hover) && hover.isOptional,
    isKept: ({ tags }) => /\S/.test(tags.get("default") ?? ""),
  },
  {
    says: "its unit",
    holdsFor: (hover) => isA("field")(hover) && isTime(hover),
    isKept: ({ text }) => /milliseconds/i.test(text),
  },
  {
    says: "how a date is written",
    holdsFor: (hover) => isA("field")(hover) && /Time$/.test(hover.name),
    isKept: ({ text }) => /ISO 8601/.test(text),
  },
  {
    says: "how it fails",
    holdsFor: calls,
    isKept: ({ name, tags }) => /EcsError/.test(tags.get("throws") ?? "") || NEVER_FAILS.includes(name),
  },
  { says: "how it is called", holdsFor: isA("function"), isKept: ({ tags }) => tags.has("example") },
  {
    says: "where the vendor documents it",
    holdsFor: (hover) => calls(hover) && !SENDS_NOTHING.includes(hover.name),
    isKept: ({ text }) => /^Source: (ECS|IAM) API reference, "[^"]+"/m.test(text),
  },
];

function complaints(hovers: readonly Hover[]): string[] {
  return hovers.flatMap((hover) =>
    RULES.filter(({ holdsFor, isKept }) => holdsFor(hover) && !isKept(hover)).map(
      ({ says }) => `${hover.name} does not say ${says}`,
    ),
  );
}

test("hovering over anything that the packed package exports says all that a caller needs", (t) => {
  const { folder, remove } = createProject();
  t.after(remove);
  // What checkOptions takes stands at the other functions.
  const hovers = hoversOf("ecs-detach-volume", folder).filter(
    ({ name }) => !name.startsWith("checkOptions("),
  );
  for (const name of [
    "detachVolume",
    "detachVolumes({ timeoutMs })",
    "RetryOptions.maxAttempts",
    "Job.endTime",
  ])
    assert.ok(
      hovers.some((hover) => hover.name === name),
      `${name} was not hovered over`,
    );
  assert.deepEqual(complaints(hovers), []);
});

test("what is missing in the comments of a package is found", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "ecs-hover-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const faulty = join(folder, "node_modules/faulty");
  mkdirSync(faulty, { recursive: true });
  writeFileSync(
    join(faulty, "package.json"),
    '{ "name": "faulty", "version": "1.0.0", "types": "index.d.ts" }',
  );
  writeFileSync(join(faulty, "index.d.ts"), FAULTY);
  assert.deepEqual(complaints(hoversOf("faulty", folder)), [
    "go does not say how it fails",
    "go does not say how it is called",
    "go does not say where the vendor documents it",
    "go({ waitMs }) does not say its unit, range and default, as a time does",
    "go({ name }) does not say how long it may be, as a text does",
    "go({ name }) does not say its default, as what may be left out does",
    "Inner.times does not say its range, as a number does",
    "Done.silent does not say what it is",
    "Done.tookMs does not say its unit",
    "Done.endTime does not say how a date is written",
  ]);
});

const FAULTY = `
/** What go needs. */
export interface GoOptions {
  /**
   * How long. Seconds, a whole number from 1 to 9.
   *
   * @default 1
   */
  waitMs?: number | undefined;
  /** Who. */
  name?: string | undefined;
  /**
   * More.
   *
   * @default none
   */
  inner?: Inner | false | undefined;
}
/** More of it. */
export interface Inner {
  /**
   * How often.
   *
   * @default 1
   */
  times?: number | undefined;
}
/** What came of it. */
export interface Done {
  silent: string;
  /** How long it took. */
  tookMs: number;
  /** When it ended. */
  endTime: string;
}
/** Goes. */
export function go(options: GoOptions): Promise<Done>;
`;
