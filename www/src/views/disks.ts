import type { Controller } from "../controller.ts";
import { h, setText, type View } from "../dom.ts";
import { timeOf } from "../format.ts";
import { text } from "../language.ts";
import { type Disk, type State, selectedServer } from "../model.ts";
import { describeLoadFailure } from "../problem.ts";
import type { DetachDialog } from "./dialog.ts";
import { createDiskTable } from "./disk-table.ts";
import { emptyNote, failureNote, iconButton, skeleton, switcher } from "./parts.ts";
import { createSelectionBar } from "./selection-bar.ts";

export interface DisksOptions {
  controller: Controller;
  dialog: DetachDialog;
  id: string;
}

export function createDisks({ controller, dialog, id }: DisksOptions): View<State> {
  const title = h("h2", { id, class: "panel-title", tabindex: "-1" }, text.disks.title);
  const list = createDiskTable({ controller, dialog, labelledBy: id });
  const load = () => void controller.refreshDisks();
  const refresh = iconButton("refresh", text.disks.refresh, { onclick: load });
  const note = h("p", { class: "panel-note" });
  const selection = createSelectionBar({ controller, dialog, onDone: () => title.focus() });
  const failure = failureNote(text.disks.failed, () => {
    load();
    title.focus();
  });
  const body = h("div", { class: "disks-body" });
  const show = switcher(body, {
    loading: skeleton(text.disks.loading, 4),
    failed: failure.element,
    empty: emptyNote(text.disks.empty, null, "disk"),
    none: emptyNote(text.disks.choose, null, "info"),
    list: list.element,
  });
  const head = h("div", { class: "panel-head" }, title, refresh);
  const foot = h("div", { class: "panel-foot" }, note, selection.element);
  const attributes = { class: "panel disks", "aria-labelledby": id, "data-testid": "disks" };

  return {
    element: h("section", attributes, head, body, foot),
    update(state) {
      const { servers, disks, isRefreshing } = state;
      const server = selectedServer(state);
      selection.update(state);
      refresh.disabled = !server;
      refresh.dataset.busy = String(isRefreshing);
      setText(note, disks.name === "ready" ? noteText(disks) : "");
      if (servers.name !== "loading" && !server) return show("none");
      if (disks.name === "failed") failure.update(describeLoadFailure(disks.error));
      if (disks.name !== "ready") return show(disks.name);

      const hadFocus = list.element.contains(document.activeElement);
      list.update(state);
      show(disks.value.length > 0 ? "list" : "empty");
      // The row that had the focus is gone with its disk.
      if (hadFocus && !list.element.contains(document.activeElement)) title.focus();
    },
  };
}

function noteText({ value, isStale, at }: { value: readonly Disk[]; isStale: boolean; at: Date }): string {
  const time = timeOf(at);
  return isStale ? text.disks.stale(time) : `${text.disks.count(value.length)} · ${text.disks.updated(time)}`;
}
