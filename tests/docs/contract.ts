// What src/web/types.d.ts says, for comparison with the tables of the documents.
import { read } from "./documents.ts";

export interface OptionFacts {
  name: string;
  isRequired: boolean;
  /** The documented default, where it is a value. */
  defaultValue: string | undefined;
  /** The documented numbers: limits and defaults. */
  numbers: string[];
}

const TYPES = read("src/web/types.d.ts");

/** The options in the order of the types. */
export function optionFacts(): OptionFacts[] {
  const bodies = [interfaceBody("Connection"), interfaceBody("DetachVolumeOptions")].join("\n");
  return [...bodies.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s+(\w+)(\??):/gs)].map(
    ([, comment = "", name = "", mark]) => {
      const text = comment.replaceAll(/\s*\n\s*\*/g, " ");
      return {
        name,
        isRequired: mark === "",
        defaultValue: /Default: `?("[^"]+"|[\w.]*\w)`?[.,]/.exec(text)?.[1],
        numbers: text.match(/\b\d{3,}\b/g) ?? [],
      };
    },
  );
}

/** All kinds of error, in the order of the types. */
export function errorKinds(): string[] {
  const text = /export type EcsErrorKind =([^;]+);/.exec(TYPES)?.[1] ?? "";
  return [...text.matchAll(/"([^"]+)"/g)].map(([, literal = ""]) => literal);
}

function interfaceBody(name: string): string {
  const body = new RegExp(`export interface ${name}\\b[^{]*\\{\n(.*?)^\\}`, "ms").exec(TYPES)?.[1];
  if (body === undefined) throw new Error(`types.d.ts has no interface ${name}`);
  return body;
}
