// What may stand behind the name of a fault. Each reader gives the value, or throws a `TypeError` that says what is wrong.
import { httpDate } from "./replies.ts";
import type { JobPlan } from "./types.ts";

const NULL_BODY_STATUSES = [204, 205, 304];

export function nothing(argument: string | undefined): void {
  if (argument !== undefined) throw new TypeError(`the fault takes no argument, got "${argument}"`);
}

export function optional(argument: string | undefined): string | undefined {
  return argument;
}

export function textOr(fallback: string) {
  return (argument: string | undefined): string => argument ?? fallback;
}

export function oneOf<T extends string>(...values: [T, ...T[]]) {
  return (argument: string | undefined): T => {
    const found = argument === undefined ? values[0] : values.find((value) => value === argument);
    if (!found) throw new TypeError(`expected one of ${values.join(", ")}, got "${argument}"`);
    return found;
  };
}

export function wholeNumber(fallback: number) {
  return (argument: string | undefined): number => {
    if (argument === undefined) return fallback;
    if (!/^\d{1,9}$/.test(argument)) throw new TypeError(`expected a whole number, got "${argument}"`);
    return Number(argument);
  };
}

export function secondsEitherWay(fallback: number) {
  const read = wholeNumber(fallback);
  return (argument: string | undefined): number =>
    argument?.startsWith("-") ? -read(argument.slice(1)) : read(argument);
}

export function anyStatus(fallback: number) {
  const read = wholeNumber(fallback);
  return (argument: string | undefined): number => {
    const status = read(argument);
    if (status < 200 || status > 599) throw new TypeError(`expected a status of 200 to 599, got ${status}`);
    return status;
  };
}

export function bodyStatus(fallback: number) {
  const read = anyStatus(fallback);
  return (argument: string | undefined): number => {
    const status = read(argument);
    if (NULL_BODY_STATUSES.includes(status)) throw new TypeError(`status ${status} cannot have a body`);
    return status;
  };
}

/** `code`, `code:top`, `code:split`, or nothing. */
export function failure(argument: string | undefined): JobPlan & { kind: "fails" } {
  const [code, where = "sub-job", ...rest] = (argument ?? "").split(":");
  if (rest.length > 0 || !(where === "sub-job" || where === "top" || where === "split")) {
    throw new TypeError(`expected a code, or a code with ":top" or ":split", got "${argument}"`);
  }
  return { kind: "fails", code: code || "Ecs.1002", where };
}

/** How many looks, or `always`; then how the answer looks. */
export function hidden(argument: string | undefined): JobPlan & { kind: "hidden" } {
  const [, count = "1", as] = /^([^:]*)(?::(.*))?$/.exec(argument ?? "1") ?? [];
  const looks = count === "always" ? Number.POSITIVE_INFINITY : wholeNumber(1)(count);
  return { kind: "hidden", looks, as: oneOf("gateway", "html", "service")(as) };
}

/** A word, which may begin or end with a blank, and whether the disk stays. */
export function lastWord(argument: string | undefined): JobPlan & { kind: "says" } {
  const [, word = "success", stays] = /^(.*?)(:attached)?$/.exec(argument ?? "success") ?? [];
  return { kind: "says", word, isDetached: stays === undefined };
}

/** A status or `offline`; then how many looks go well. */
export function unreadable(argument: string | undefined): JobPlan & { kind: "unreadable" } {
  const [, how = "401", looks] = /^([^:]*)(?::(.*))?$/.exec(argument ?? "401") ?? [];
  return {
    kind: "unreadable",
    how: how === "offline" ? how : bodyStatus(401)(how),
    looks: wholeNumber(1)(looks),
  };
}

/** What `Retry-After` says, given the clock: a text, or the date in so many seconds. */
export function retryAfter(argument: string | undefined): (nowMs: number) => Record<string, string> {
  if (argument === undefined) return () => ({});
  const [, seconds] = /^date:(\d{1,9})$/.exec(argument) ?? [];
  if (seconds === undefined) return () => ({ "Retry-After": argument });
  return (nowMs) => ({ "Retry-After": httpDate(nowMs + Number(seconds) * 1000) });
}
