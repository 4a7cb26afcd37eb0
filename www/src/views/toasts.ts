import { h } from "../dom.ts";
import type { Announcer } from "../model.ts";

const VISIBLE_MS = 5000;

/**
 * Short messages at the edge of the window, one at a time, which are live regions too: in the page from now on, because
 * what comes together with its region is not told.
 */
export function createToasts(page: HTMLElement): Announcer {
  const polite = h("div", {
    role: "status",
    "aria-live": "polite",
    class: "toast",
    "data-testid": "status",
  });
  const urgent = h("div", {
    role: "alert",
    "aria-live": "assertive",
    class: "toast toast-urgent",
    "data-testid": "alert",
  });
  const element = h("div", { class: "toasts" }, polite, urgent);
  page.append(element);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const clear = () => {
    polite.replaceChildren();
    urgent.replaceChildren();
  };
  const messagesIn =
    (region: HTMLElement) =>
    (message: string, isQuiet = false) => {
      clearTimeout(timer);
      clear();
      // A new node, so that the same text is read again.
      region.append(h("span", { class: isQuiet ? "toast-quiet" : "" }, message));
      timer = setTimeout(clear, VISIBLE_MS);
    };
  return {
    say: messagesIn(polite),
    warn: messagesIn(urgent),
    speakIn: (place) => (place ?? page).append(element),
  };
}
