// Runs the cases with the entry that the address names, and reports what became of each.
import { cases } from "./cases.ts";

export interface Result {
  name: string;
  /** What went wrong; `null`: nothing. */
  failure: string | null;
}

async function run(): Promise<Result[]> {
  const entry = new URLSearchParams(location.search).get("entry");
  const results: Result[] = [];
  for (const [name, body] of Object.entries(cases)) {
    await fetch("/_sim/reset", { method: "POST" });
    let failure: string | null = null;
    try {
      await body(await import(`/package/${entry}`));
    } catch (error) {
      failure = error instanceof Error ? `${error}\n${error.stack}` : String(error);
    }
    results.push({ name, failure });
  }
  return results;
}

run().then((results) => fetch("/_report", { method: "POST", body: JSON.stringify(results) }));
