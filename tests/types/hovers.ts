// What an editor shows for everything that a package exports, by the service that editors ask: TypeScript's language
// service. The project's own compiler has none with an interface for scripts.
import { join } from "node:path";
import ts from "./compilers/node_modules/typescript/lib/typescript.js";

export interface Hover {
  /** `detachVolume`, `Job.status`, or `detachVolume({ force })` for an option. */
  name: string;
  kind: "function" | "type" | "option" | "field";
  isOptional: boolean;
  /** The type, as it is written. */
  type: string;
  text: string;
  /** The text of each tag. */
  tags: ReadonlyMap<string, string>;
}

/** Where something is hovered over: a line of a script, at the last word before its end. */
interface Spot extends Pick<Hover, "name" | "kind" | "isOptional" | "type"> {
  line: string;
}

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
  types: [],
};

/** All that can be hovered over of a package that is installed in a folder. */
export function hoversOf(packageName: string, folder: string): Hover[] {
  const script = join(folder, "hovers.mts");
  const head = `import * as it from "${packageName}";\n`;
  let text = head;
  const service = ts.createLanguageService(hostOf(script, () => text));
  const spots = findSpots(service, script);
  text = head + spots.map(({ line }) => `${line}\n`).join("");
  let end = head.length - 1;
  return spots.map(({ line, ...spot }) => {
    end += line.length + 1;
    const info = service.getQuickInfoAtPosition(script, end - 1);
    const tags = (info?.tags ?? []).map(({ name, text }) => [name, ts.displayPartsToString(text)] as const);
    return { ...spot, text: ts.displayPartsToString(info?.documentation), tags: new Map(tags) };
  });
}

function hostOf(script: string, text: () => string): ts.LanguageServiceHost {
  const { readFile, fileExists, directoryExists, getDirectories, realpath } = ts.sys;
  const read = (path: string) => (path === script ? text() : readFile(path));
  return {
    getCompilationSettings: () => OPTIONS,
    getScriptFileNames: () => [script],
    getScriptVersion: (path) => (path === script ? String(text().length) : "0"),
    getScriptSnapshot: (path) => {
      const found = read(path);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => join(script, ".."),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    readFile: read,
    fileExists: (path) => path === script || fileExists(path),
    directoryExists,
    getDirectories,
    ...(realpath && { realpath }),
  };
}

function findSpots(service: ts.LanguageService, script: string): Spot[] {
  const program = service.getProgram();
  const source = program?.getSourceFile(script);
  const imported = source?.statements.find(ts.isImportDeclaration)?.moduleSpecifier;
  const module = imported && program?.getTypeChecker().getSymbolAtLocation(imported);
  if (!program || !source || !module) throw new Error("the package is not found, or has no types");
  return new Spots(program.getTypeChecker(), source).ofModule(module);
}

class Spots {
  readonly #checker: ts.TypeChecker;
  readonly #source: ts.SourceFile;
  /** The types by whose members a caller says what it wants. */
  readonly #inputs = new Set<ts.Symbol>();

  constructor(checker: ts.TypeChecker, source: ts.SourceFile) {
    this.#checker = checker;
    this.#source = source;
  }

  ofModule(module: ts.Symbol): Spot[] {
    const exported = this.#checker.getExportsOfModule(module);
    const functions = exported.filter(({ flags }) => flags & ts.SymbolFlags.Function);
    const types = exported.filter(({ flags }) => flags & ts.SymbolFlags.Type);
    // The inputs are known when all functions have been seen.
    return [
      ...functions.flatMap((one) => this.#ofFunction(one)),
      ...types.flatMap((one) => this.#ofType(one)),
    ];
  }

  #ofFunction(symbol: ts.Symbol): Spot[] {
    const { name } = symbol;
    const type = this.#checker.getTypeOfSymbolAtLocation(symbol, this.#source);
    const facts = { isOptional: false, type: this.#checker.typeToString(type) };
    const parameter = type
      .getCallSignatures()[0]
      ?.getParameters()
      .find(({ name }) => name === "options");
    const options = parameter && this.#checker.getTypeOfSymbolAtLocation(parameter, this.#source);
    return [
      { ...facts, name, kind: "function", line: `it.${name};` },
      ...(options ? this.#members(options) : []).map((member) => {
        this.#noteInputs(this.#checker.getTypeOfSymbolAtLocation(member, this.#source));
        return {
          ...this.#factsOf(member),
          name: `${name}({ ${member.name} })`,
          kind: "option" as const,
          line: `(null! as Parameters<typeof it.${name}>[0]).${member.name};`,
        };
      }),
    ];
  }

  #ofType(symbol: ts.Symbol): Spot[] {
    const type = this.#checker.getDeclaredTypeOfSymbol(symbol);
    const kind = this.#inputs.has(symbol) ? "option" : "field";
    const { name } = symbol;
    const given = argumentsFor(symbol);
    const members = given === null || this.#isOptionsOfFunction(name) ? [] : this.#members(type);
    return [
      {
        name,
        kind: "type",
        isOptional: false,
        type: this.#checker.typeToString(type),
        line: `null! as it.${name};`,
      },
      ...members.map((member) => ({
        ...this.#factsOf(member),
        name: `${name}.${member.name}`,
        kind: kind as Spot["kind"],
        line: `(null! as it.${name}${given}).${member.name};`,
      })),
    ];
  }

  /** Their members are hovered over where the functions are called. */
  #isOptionsOfFunction(name: string): boolean {
    return name.endsWith("Options") && ![...this.#inputs].some((input) => input.name === name);
  }

  /** The members that the package itself declares. */
  #members(type: ts.Type): ts.Symbol[] {
    const isOwn = (declaration: ts.Declaration) => this.#isOwn(declaration.getSourceFile());
    if (this.#checker.getSignaturesOfType(type, ts.SignatureKind.Call).length > 0) return [];
    return this.#checker
      .getPropertiesOfType(this.#checker.getNonNullableType(type))
      .filter(({ declarations }) => declarations?.some(isOwn));
  }

  #isOwn({ fileName }: ts.SourceFile): boolean {
    return !fileName.includes("/typescript/lib/");
  }

  #factsOf(member: ts.Symbol): Pick<Spot, "isOptional" | "type"> {
    const type = this.#checker.getTypeOfSymbolAtLocation(member, this.#source);
    return {
      isOptional: Boolean(member.flags & ts.SymbolFlags.Optional),
      type: this.#checker.typeToString(this.#checker.getNonNullableType(type)),
    };
  }

  #noteInputs(type: ts.Type): void {
    const parts = type.isUnion() ? type.types : [type];
    for (const part of parts) {
      const [element] = this.#checker.isArrayType(part)
        ? this.#checker.getTypeArguments(part as ts.TypeReference)
        : [];
      if (element) this.#noteInputs(element);
      const { symbol } = part;
      if (symbol?.declarations?.some((declaration) => ts.isInterfaceDeclaration(declaration)))
        this.#inputs.add(symbol);
    }
  }
}

/**
 * Any, for each parameter of an interface. A type with parameters that is made of others has no members of its own:
 * `null`.
 */
function argumentsFor(symbol: ts.Symbol): string | null {
  const [declaration] = symbol.declarations ?? [];
  if (declaration && ts.isTypeAliasDeclaration(declaration)) return declaration.typeParameters ? null : "";
  const parameters =
    (declaration && ts.isInterfaceDeclaration(declaration) && declaration.typeParameters) || [];
  return parameters.length > 0 ? `<${parameters.map(() => "any").join(", ")}>` : "";
}
