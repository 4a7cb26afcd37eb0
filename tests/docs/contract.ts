// What src/web/types.d.ts says, for comparison with the tables of the documents.
import { read } from "./documents.ts";

export interface OptionFacts {
  name: string;
  /** The interface that declares it. */
  owner: string;
  isRequired: boolean;
  /** The texts that its type allows, where it lists them. */
  literals: string[];
  /** The documented default, where it is a value. */
  defaultValue: string | undefined;
  /** The documented numbers: limits and defaults. */
  numbers: string[];
}

export interface FunctionFacts {
  name: string;
  resolvesWith: string;
  /** All that it takes, inherited options first. */
  options: OptionFacts[];
}

const TYPES = read("src/web/types.d.ts");

/** The functions that take options, in the order of the types. */
export function functionFacts(): FunctionFacts[] {
  const found = TYPES.matchAll(/^export function (\w+)\(\s*options: (\w+),?\s*\): Promise<([^;]+)>;$/gm);
  return [...found].map(([, name = "", options = "", resolvesWith = ""]) => ({
    name,
    resolvesWith,
    options: optionsOf(options),
  }));
}

/** The functions of the package and of its messages that take no options of a call. */
export function otherFunctions(): string[] {
  const all = [TYPES, read("pkg/loader/messages/types.d.ts")].flatMap((text) => [
    ...text.matchAll(/^export function (\w+)/gm),
  ]);
  const known = functionFacts().map(({ name }) => name);
  return all.flatMap(([, name = ""]) => (known.includes(name) ? [] : [name]));
}

/** The members that an interface declares itself, in the order of the types. */
export function memberNames(owner: string): string[] {
  const { body } = interfaceNamed(owner);
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??:/gm)].map(([, name = ""]) => name);
}

/** The functions that do not take all options of some interfaces, each followed by those that it does not take. */
export function exceptions(wanted: OptionFacts[]): string[] {
  return functionFacts().flatMap(({ name, options }) => {
    const taken = options.map((option) => `${option.owner}.${option.name}`);
    const missing = wanted.filter((option) => !taken.includes(`${option.owner}.${option.name}`));
    return missing.length > 0 ? [name, ...missing.map((option) => option.name)] : [];
  });
}

/** The options that an interface declares itself, in the order of the types. */
export function ownOptions(owner: string): OptionFacts[] {
  const { body } = interfaceNamed(owner);
  const found = body.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s+(\w+)(\??): ([^;]+);/gs);
  const options = [...found].map(([, comment = "", name = "", mark, type = ""]) => {
    const text = comment.replaceAll(/\s*\n\s*\*\s*/g, " ");
    return {
      name,
      owner,
      isRequired: mark === "",
      literals: type.match(/"[^"]+"/g) ?? [],
      defaultValue: /@default ("[^"]+"|\{\}|[\w.]*\w)/.exec(text)?.[1],
      numbers: text.match(/\b\d+(?= to \d)|(?<=\d to |at most )\d+|\b\d{3,}\b/g) ?? [],
    };
  });
  if (options.length !== body.match(/^ {2}\w+\??:/gm)?.length)
    throw new Error(`${owner} has a member without a comment`);
  return options;
}

/** All kinds of error, in the order of the types. */
export function errorKinds(): string[] {
  return literals(/export type EcsErrorKind =([^;]+);/);
}

/** All phases of a call, in the order of the types. */
export function phases(): string[] {
  return literals(/readonly phase:([^;]+);/);
}

function literals(pattern: RegExp): string[] {
  const [, text = ""] = pattern.exec(TYPES) ?? [];
  return [...text.matchAll(/"([^"]+)"/g)].map(([, literal = ""]) => literal);
}

/** What an interface holds, with what it extends: plain interfaces, and `Omit` of some. */
function optionsOf(name: string): OptionFacts[] {
  const { head, body } = interfaceNamed(name);
  const bases = [...head.matchAll(/Omit<(\w+),([^>]*)>|\b(?!extends\b)(\w+)/g)];
  const inherited = bases.flatMap(([, partial, omitted = "", whole]) =>
    optionsOf(partial ?? whole ?? "").filter((option) => !omitted.includes(`"${option.name}"`)),
  );
  return body.trim() === "" ? inherited : [...inherited, ...ownOptions(name)];
}

function interfaceNamed(name: string): { head: string; body: string } {
  const found = new RegExp(`export interface ${name}\\b([^{]*)\\{(.*?)^\\}`, "ms");
  const empty = new RegExp(`export interface ${name}\\b([^{]*)\\{\\}`);
  const [, head, body = ""] = empty.exec(TYPES) ?? found.exec(TYPES) ?? [];
  if (head === undefined) throw new Error(`types.d.ts has no interface ${name}`);
  return { head, body };
}
