// The few assertions that the cases need. What they throw is shown in the test's failure.

export function equal(actual: unknown, expected: unknown, what = "the value"): void {
  const [found, wanted] = [write(actual), write(expected)];
  if (found !== wanted) throw new Error(`${what} is ${found}, expected ${wanted}`);
}

export function matches(actual: unknown, pattern: RegExp): void {
  if (!pattern.test(String(actual))) throw new Error(`"${actual}" does not match ${pattern}`);
}

/** As JSON, with the members in order and a name for what JSON does not have. */
function write(value: unknown): string {
  return JSON.stringify(value, (_, part) => (isRecord(part) ? sorted(part) : part)) ?? String(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
