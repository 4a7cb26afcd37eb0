import type { Controller } from "../controller.ts";
import { h, setText, type View } from "../dom.ts";
import { text } from "../language.ts";
import { preloading } from "../loading.ts";
import type { State } from "../model.ts";
import { countServers } from "../selection.ts";
import type { DetachDialog } from "./dialog.ts";
import { iconButton } from "./parts.ts";

export interface SelectionBarOptions {
  controller: Controller;
  dialog: DetachDialog;
  /** Called when nothing is selected any more, and with that the buttons are of no use. */
  onDone: () => void;
}

/** What is selected, on all servers, and what can be done with it. Always there, so that nothing moves. */
export function createSelectionBar({ controller, dialog, onDone }: SelectionBarOptions): View<State> {
  const words = text.selection;
  let selection: State["selection"] = [];
  const ask = async () => {
    const targets = selection;
    const answer = await dialog.ask(targets);
    if (!answer) return;
    void controller.detach(targets, answer.isForced);
    onDone();
  };
  const summary = h("p", { class: "selection-summary", "data-testid": "selection" });
  const clear = iconButton("cross", words.clear, {
    onclick: () => {
      controller.selection.clear();
      onDone();
    },
  });
  const detach = h(
    "button",
    {
      type: "button",
      class: "button",
      "data-testid": "detach-selected",
      ...preloading,
      onclick: () => void ask(),
    },
    words.detach,
  );
  return {
    element: h("div", { class: "selection" }, summary, clear, detach),
    update(state) {
      selection = state.selection;
      setText(summary, words.summary(selection.length, countServers(selection)));
      clear.disabled = detach.disabled = selection.length === 0;
      detach.className = selection.length > 0 ? "button button-primary" : "button";
    },
  };
}
