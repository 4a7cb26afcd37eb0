// As a CommonJS file takes the package under `verbatimModuleSyntax`. Compiled, never run.
import asm = require("ecs-detach-volume/asm");
import main = require("ecs-detach-volume");

function jobOf(error: unknown): string | null {
  return main.isEcsError(error) ? error.jobId : null;
}

const detach: typeof main.detachVolume = asm.detachVolume;

export = { jobOf, detach };
