// Faults of an answer that was a good one.
import { computeFault, json, missingDisk } from "./replies.ts";

/** What the API's gateway would not wrap its answers in, but a proxy in front of it might. */
export const ENVELOPES = {
  data: (body: unknown) => ({ status: "SUCCESS", data: body }),
  code: (body: unknown) => ({ code: 0, message: "success", result: body }),
  error: (_: unknown) => ({ status: "error" }),
} as const;

type Body = Record<string, unknown>;

/** Replaces the body of a success. */
export async function rewrite(reply: Response, change: (body: Body) => unknown): Promise<Response> {
  return reply.ok ? json(change((await reply.json()) as Body), reply.status) : reply;
}

/** The answer is about another job than the one asked for. */
export function aboutAnotherJob(body: Body): Body {
  return "job_type" in body ? { ...body, job_id: otherId(body.job_id) } : body;
}

/** The answer is about another disk, which is a data disk. */
export function aboutAnotherDisk(body: Body): Body {
  if (!body.volumeAttachment) return body;
  const found = body.volumeAttachment as Body;
  const id = otherId(found.volumeId);
  return { volumeAttachment: { ...found, id, volumeId: id, device: "/dev/vdz", bootIndex: -1 } };
}

/** The system disk by its device alone. */
export function withRootDevice(body: Body, device: string): Body {
  const named = (found: Body): Body => {
    const { bootIndex, ...rest } = found;
    return bootIndex === 0 ? { ...rest, device } : found;
  };
  const { volumeAttachment, volumeAttachments } = body;
  return {
    ...body,
    ...(volumeAttachment ? { volumeAttachment: named(volumeAttachment as Body) } : {}),
    ...(volumeAttachments ? { volumeAttachments: (volumeAttachments as Body[]).map(named) } : {}),
  };
}

/** An answer that a disk is not attached, in another form. */
export async function absent(reply: Response, form: "bare" | "null", path: string): Promise<Response> {
  const text = reply.status === 400 ? await reply.clone().text() : "";
  if (!text.includes(missingDisk(path))) return reply;
  return form === "null" ? json({ volumeAttachment: null }) : computeFault("volume", path);
}

/** An answer whose first half comes, and nothing more; it ends with the signal. */
export async function stall(reply: Response, signal: AbortSignal | undefined): Promise<Response> {
  const bytes = new Uint8Array(await reply.arrayBuffer());
  let end = () => {};
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, bytes.length / 2));
      const abort = () => controller.error(signal?.reason);
      signal?.addEventListener("abort", abort, { once: true });
      end = () => signal?.removeEventListener("abort", abort);
    },
    cancel: () => end(),
  });
  return new Response(body, reply);
}

function otherId(id: unknown): string {
  const text = String(id);
  return text.slice(0, -1) + (text.endsWith("0") ? "1" : "0");
}
