export interface RateLimit {
  /** Requests in one window. */
  requests: number;
  windowMs: number;
}

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Counts requests in windows that follow one another without a gap. */
export class RequestLimit {
  readonly #limit: RateLimit;
  #window: number | undefined;
  #count = 0;

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  /** Counts a request; false where it is one too many, which counts all the same. */
  take(now: number): boolean {
    const window = Math.floor(now / this.#limit.windowMs);
    this.#count = window === this.#window ? this.#count + 1 : 1;
    this.#window = window;
    return this.#count <= this.#limit.requests;
  }

  /** What the gateway says; it knows whole seconds and minutes only. */
  get message(): string {
    const { requests, windowMs } = this.#limit;
    const time =
      windowMs % MINUTE_MS === 0
        ? `${windowMs / MINUTE_MS} minute`
        : `${Math.ceil(windowMs / SECOND_MS)} second`;
    return `The throttling threshold has been reached: policy user over ratelimit,limit:${requests},time:${time}`;
  }
}
