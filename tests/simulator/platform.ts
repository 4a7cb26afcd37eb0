// What browsers before 2022 lack.

/** Rejects what goes on after a signal has fired, with its reason. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw reasonOf(signal);
}

/** The first browsers with signals give no reason. */
export function reasonOf(signal: AbortSignal | undefined): unknown {
  return signal?.reason ?? new DOMException("The operation was aborted.", "AbortError");
}

/** Whether an object has a member of its own. */
export function hasOwn<T extends object>(object: T, name: PropertyKey): name is keyof T {
  return Object.keys(object).includes(String(name));
}
