import { preload } from "ecs-detach-volume";
import { useEffect } from "react";

const start = () => void preload();

/**
 * Props for the button: the module is ready before the click. It is loaded when the page is idle, or when the pointer or
 * the focus comes to the button, whichever is first.
 */
export function usePreload() {
  useEffect(() => {
    // Not in all browsers.
    if (typeof requestIdleCallback !== "function") return undefined;
    const idle = requestIdleCallback(start);
    return () => cancelIdleCallback(idle);
  }, []);
  return { onPointerEnter: start, onFocus: start };
}
