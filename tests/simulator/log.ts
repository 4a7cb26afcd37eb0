import type { ReceivedRequest } from "./types.ts";

const MAX_ENTRIES = 1000;
const SECRET_HEADERS = ["authorization", "x-auth-token", "x-security-token"];

/** The last requests received, and the numbering of all. */
export class RequestLog {
  readonly entries: ReceivedRequest[] = [];
  readonly #now: () => number;
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  open(request: Request, url: string): { entry: ReceivedRequest; requestId: string } {
    this.#count += 1;
    const entry: ReceivedRequest = {
      at: this.#now(),
      method: request.method,
      url,
      headers: masked(request.headers),
      body: "",
      answered: "pending",
    };
    this.entries.push(entry);
    if (this.entries.length > MAX_ENTRIES) this.entries.shift();
    return { entry, requestId: `51d0${this.#count.toString(16).padStart(28, "0")}` };
  }

  clear(): void {
    this.entries.length = 0;
    this.#count = 0;
  }
}

function masked(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, mask(name, value)]));
}

function mask(name: string, value: string): string {
  return SECRET_HEADERS.includes(name) ? "***" : value;
}
