// Runs one case after the other, as the test process asks for them, and says what became of each.
import { cases, withoutWasm } from "./cases/index.ts";
import { complaints } from "./complaints.ts";
import { type Package, reset, Tools } from "./tools.ts";

export interface Result {
  /** What went wrong; `null`: nothing. */
  failure: string | null;
  /** Errors that the page has shown, and violations of its policy. */
  complaints: string[];
  notes: string[];
}

async function run(name: string, entry: string): Promise<Result> {
  const notes: string[] = [];
  let failure: string | null = null;
  try {
    const api: Package = await import(`${location.origin}/package/${entry}`);
    const tools = new Tools(api, notes);
    await { ...cases, ...withoutWasm }[name]?.(tools);
  } catch (error) {
    failure = error instanceof Error ? `${error}\n${error.stack}` : String(error);
  }
  // It takes a moment, in which late complaints come.
  await reset();
  return { failure, complaints: complaints.splice(0), notes };
}

Object.assign(globalThis, { run });
