import { type Fault, type FaultAction, parseFault } from "./faults.ts";
import { refuseStrangers, shown } from "./shapes.ts";

/** When a fault happens, and to which requests. */
export interface FaultRule {
  /** Default: every method. */
  method?: string;
  /** Compared with path and query; a string is a prefix. Default: every path. */
  path?: RegExp | string | ((path: string) => boolean);
  /** How many of these requests pass before it; default: none. */
  after?: number;
  /** How many requests it is for; default: all. */
  times?: number;
  fault: Fault;
}

interface ActiveRule {
  rule: FaultRule;
  action: FaultAction;
  before: number;
  left: number;
}

const MEMBERS = ["method", "path", "after", "times", "fault"];

/** Rules in the order in which they were added; the first that fits a request is the one it meets. */
export class FaultRules {
  readonly #rules: ActiveRule[] = [];

  add(rule: FaultRule): void {
    check(rule);
    const { after: before = 0, times: left = Number.POSITIVE_INFINITY } = rule;
    this.#rules.push({ rule, action: actionOf(rule.fault), before, left });
  }

  clear(): void {
    this.#rules.length = 0;
  }

  /** The fault for a request, which uses up one of its times. */
  take(method: string, path: string): FaultAction | undefined {
    for (const active of this.#rules) {
      if (active.left === 0 || !fits(active.rule, method, path)) continue;
      if (active.before > 0) {
        active.before -= 1;
        continue;
      }
      active.left -= 1;
      return active.action;
    }
    return undefined;
  }
}

function fits(rule: FaultRule, method: string, path: string): boolean {
  if (rule.method !== undefined && rule.method.toUpperCase() !== method) return false;
  if (rule.path === undefined) return true;
  if (typeof rule.path === "function") return rule.path(path);
  // `search` leaves a global expression's lastIndex alone, unlike `test`.
  return typeof rule.path === "string" ? path.startsWith(rule.path) : path.search(rule.path) >= 0;
}

function actionOf(fault: Fault): FaultAction {
  try {
    return parseFault(fault);
  } catch (error) {
    const { message } = error as Error;
    // What is wrong with an argument is said of the argument alone.
    throw new TypeError(message.includes(`"${fault}"`) ? message : `fault "${fault}": ${message}`);
  }
}

/** Rules also come as JSON, where nothing has checked their types. */
function check(rule: unknown): void {
  if (typeof rule !== "object" || rule === null) throw new TypeError("a fault rule must be an object");
  refuseStrangers("a fault rule", rule, MEMBERS);

  const { method, path, after, times, fault } = rule as Record<string, unknown>;
  if (typeof fault !== "string") throw new TypeError('a fault rule needs a "fault"');
  if (method !== undefined && typeof method !== "string") throw new TypeError('"method" must be a string');
  const isPath = typeof path === "string" || typeof path === "function" || path instanceof RegExp;
  if (path !== undefined && !isPath) {
    throw new TypeError('"path" must be a string, a regular expression or a function');
  }
  if (after !== undefined && !(Number.isInteger(after) && Number(after) >= 0)) {
    throw new TypeError(`"after" must be a whole number, got ${shown(after)}`);
  }
  if (times !== undefined && !(Number.isInteger(times) && Number(times) > 0)) {
    throw new TypeError(`"times" must be a whole number above 0, got ${shown(times)}`);
  }
}
