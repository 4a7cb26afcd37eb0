// Ending with whoever has started this process.
import { fstatSync, readFileSync } from "node:fs";

const LOOK_MS = 500;

/**
 * Calls back when the process is told to end, and when nobody is left to tell it: its terminal is gone, the process that
 * started it has died, or the pipe that it reads from is closed. Then the others are not waited for.
 *
 * @param {(signal: "SIGINT" | "SIGTERM") => void} end
 */
export function onEnd(end) {
  process.once("SIGINT", () => end("SIGINT"));
  process.once("SIGTERM", () => end("SIGTERM"));
  const abandoned = () => end("SIGTERM");
  process.once("SIGHUP", abandoned);
  const began = starters();
  setInterval(() => starters() !== began && abandoned(), LOOK_MS).unref();
  onPipeClosed(abandoned);
}

/** A terminal is not read from: that would stop a process in the background. Its end is told by a signal. */
function onPipeClosed(then) {
  const stdin = fstatSync(0, { throwIfNoEntry: false });
  if (!stdin?.isFIFO() && !stdin?.isSocket()) return;
  const began = performance.now();
  process.stdin.resume().once("close", () => {
    // One that has been closed from the beginning was never meant to tell anything.
    if (performance.now() - began > LOOK_MS) then();
  });
  process.stdin.unref?.();
}

/** The processes that npm runs this one with, as text: a shell and npm itself. One that is killed tells nobody. */
function starters() {
  if (!process.env.npm_lifecycle_event) return "";
  try {
    const [, parent] = readFileSync(`/proc/${process.ppid}/stat`, "utf8").split(") ").at(-1).split(" ");
    return `${process.ppid} ${parent}`;
  } catch {
    // Elsewhere than on Linux, the next one must do.
    return String(process.ppid);
  }
}
