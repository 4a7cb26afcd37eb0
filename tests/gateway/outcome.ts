// One call of the package against the simulated cloud, and what became of it on both sides.
import {
  type DetachVolumeOptions,
  detachVolume,
  type EcsError,
  type EcsErrorKind,
  isEcsError,
  type RetryOptions,
} from "ecs-detach-volume";
import { DISK_IDS, PROJECT_ID, SERVER_IDS, type Simulator } from "../simulator/index.ts";

const IDS = { projectId: PROJECT_ID, serverId: SERVER_IDS.web, volumeId: DISK_IDS.webData };

/** What the caller learns. `null` where the call succeeds or the error has no such field. */
export interface Answer {
  kind: EcsErrorKind | null;
  status: number | null;
  errorCode: string | null;
  mayHaveStarted: boolean | null;
  message: string;
  bodyExcerpt: string | null;
}

export interface Outcome extends Answer {
  /** How often the package called `fetch`. */
  sent: number;
  /** How many DELETEs reached the simulated service. */
  reached: number;
  /** Whether the service has begun to detach the disk. */
  hasStarted: boolean;
  /** The `Content-Encoding` of the reply. */
  encoding: string | null;
}

type Options = Pick<DetachVolumeOptions, "endpoint"> & Partial<DetachVolumeOptions>;

/** Attempts as by default, but the waits between them are short. */
const RETRY: RetryOptions = { baseDelayMs: 1, maxDelayMs: 1 };

/** Makes one call. `onReply` is called when the head of a reply has come. */
export async function observe(sim: Simulator, options: Options, onReply = () => {}): Promise<Outcome> {
  const before = sim.requests.length;
  let sent = 0;
  let encoding: string | null = null;
  const counting: typeof fetch = async (...call) => {
    sent += 1;
    const reply = await fetch(...call);
    encoding = reply.headers.get("Content-Encoding");
    onReply();
    return reply;
  };
  const answer = await answerOf(detachVolume({ ...IDS, retry: RETRY, ...options, fetch: counting }));
  const reached = sim.requests.slice(before).filter(({ method }) => method === "DELETE").length;
  return { ...answer, sent, reached, encoding, hasStarted: !isUntouched(sim) };
}

/** By the disk and not by the job, which a fault can hide. */
function isUntouched(sim: Simulator): boolean {
  return sim.state.disks.some(({ id, status }) => id === IDS.volumeId && status === "in-use");
}

async function answerOf(call: Promise<unknown>): Promise<Answer> {
  try {
    await call;
  } catch (error) {
    if (!isEcsError(error)) throw error;
    return answerIn(error);
  }
  return {
    kind: null,
    status: null,
    errorCode: null,
    mayHaveStarted: null,
    message: "",
    bodyExcerpt: null,
  };
}

function answerIn(error: EcsError): Answer {
  const { kind, mayHaveStarted, message } = error;
  const { status, errorCode, bodyExcerpt } = {
    status: null,
    errorCode: null,
    bodyExcerpt: null,
    ...error,
  };
  return { kind, status, errorCode, mayHaveStarted, message, bodyExcerpt };
}
