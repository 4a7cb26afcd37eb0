import { hasOwn } from "./platform.ts";

/** What a handler gets to see of a request. */
export interface Routed {
  /** A part of the path by its name, decoded; empty where the route has no such part. */
  param(name: string): string;
}

/** The handlers of a path by method. */
export type Methods<C> = Readonly<Record<string, (call: C & Routed) => Response | Promise<Response>>>;

interface Route<C> {
  pattern: RegExp;
  methods: Methods<C>;
}

export type Router<C> = (method: string, path: string, call: C) => Response | Promise<Response>;

/**
 * Finds the handler of a request by path and method.
 *
 * @param table By path, in which `:name` stands for one part that is not empty.
 * @param refuse Answers what has no handler; `allowed` are the methods of a known path.
 */
export function createRouter<C>(
  table: Readonly<Record<string, Methods<C>>>,
  refuse: (call: C, allowed: string[] | undefined) => Response,
): Router<C> {
  const routes: Route<C>[] = Object.entries(table).map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`),
    methods,
  }));
  return (method, path, call) => {
    for (const { pattern, methods } of routes) {
      const found = pattern.exec(path);
      if (!found) continue;
      const handler = hasOwn(methods, method) ? methods[method] : undefined;
      if (!handler) return refuse(call, Object.keys(methods));
      return handler({ ...call, param: (name) => decode(found.groups?.[name] ?? "") });
    }
    return refuse(call, undefined);
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
