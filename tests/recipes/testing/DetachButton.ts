import type { DetachVolumeAndWaitOptions } from "ecs-detach-volume";
import { createElement } from "react";
import { useDetachVolume } from "../react/useDetachVolume.ts";

/** A button that says how far it is. */
export function DetachButton(options: DetachVolumeAndWaitOptions) {
  const { detachment, detach } = useDetachVolume(options);
  return createElement("button", { type: "button", onClick: detach }, detachment.state);
}
