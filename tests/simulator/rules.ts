import { type Fault, type FaultAction, parseFault } from "./faults.ts";

/** When a fault happens, and to which requests. */
export interface FaultRule {
  /** Default: every method. */
  method?: string;
  /** Compared with path and query; a string is a prefix. Default: every path. */
  path?: RegExp | string;
  /** How many requests it is for; default: all. */
  times?: number;
  fault: Fault;
}

interface ActiveRule {
  rule: FaultRule;
  action: FaultAction;
  left: number;
}

const MEMBERS = ["method", "path", "times", "fault"];

/** Rules in the order in which they were added; the first that fits a request is the one it meets. */
export class FaultRules {
  readonly #rules: ActiveRule[] = [];

  add(rule: FaultRule): void {
    check(rule);
    const left = rule.times ?? Number.POSITIVE_INFINITY;
    this.#rules.push({ rule, action: parseFault(rule.fault), left });
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** The fault for a request, which uses up one of its times. */
  take(method: string, path: string): FaultAction | undefined {
    const found = this.#rules.find(({ rule, left }) => left > 0 && fits(rule, method, path));
    if (found) found.left -= 1;
    return found?.action;
  }
}

function fits(rule: FaultRule, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  if (rule.path === undefined) return true;
  // `search` leaves a global expression's lastIndex alone, unlike `test`.
  return typeof rule.path === "string" ? path.startsWith(rule.path) : path.search(rule.path) >= 0;
}

/** Rules also come as JSON, where nothing has checked their types. */
function check(rule: unknown): void {
  if (typeof rule !== "object" || rule === null) throw new TypeError("a fault rule must be an object");
  const stranger = Object.keys(rule).find((name) => !MEMBERS.includes(name));
  if (stranger) throw new TypeError(`a fault rule has no "${stranger}", only ${MEMBERS.join(", ")}`);

  const { method, path, times, fault } = rule as Record<string, unknown>;
  if (typeof fault !== "string") throw new TypeError('a fault rule needs a "fault"');
  if (method !== undefined && typeof method !== "string") throw new TypeError('"method" must be a string');
  if (path !== undefined && typeof path !== "string" && !(path instanceof RegExp)) {
    throw new TypeError('"path" must be a string or a regular expression');
  }
  if (times !== undefined && !(Number.isInteger(times) && Number(times) > 0)) {
    throw new TypeError(`"times" must be a whole number above 0, got ${times}`);
  }
}
