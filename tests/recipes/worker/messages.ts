import type { DetachOutcome, DetachVolumeAndWaitOptions, Progress } from "ecs-detach-volume";

/** Functions and signals do not pass into a worker. It makes its own. */
export type Sendable = Omit<
  DetachVolumeAndWaitOptions,
  "auth" | "endpoint" | "fetch" | "headers" | "onProgress" | "signal"
> & { endpoint: string; headers?: Record<string, string> };

export type FromPage =
  | { id: number; ping: true }
  | { id: number; options: Sendable }
  | { id: number; cancel: true };

export type ToPage =
  | { id: number; pong: true }
  | { id: number; progress: Progress }
  | { id: number; outcome: DetachOutcome }
  | { id: number; error: unknown };
