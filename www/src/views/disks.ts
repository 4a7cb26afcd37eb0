import type { Controller } from "../controller.ts";
import { h, keyedList, setText, type View } from "../dom.ts";
import { type Disk, type Server, type State, selectedServer } from "../model.ts";
import { runningOperation } from "../operations.ts";
import { text } from "../text.ts";
import type { DetachDialog } from "./dialog.ts";
import { createDiskRow, type DiskRow } from "./disk-row.ts";
import { createFaultSelect } from "./fault-select.ts";
import { clock, emptyNote, failureNote, iconButton, skeleton, switcher } from "./parts.ts";

export interface DisksOptions {
  controller: Controller;
  dialog: DetachDialog;
  id: string;
}

export function createDisks({ controller, dialog, id }: DisksOptions): View<State> {
  const title = h("h2", { id, class: "panel-title", tabindex: "-1" }, text.disks.title);
  const list = createDiskList({ controller, dialog, id });
  const faults = createFaultSelect(controller);
  const load = () => void controller.refreshDisks();
  const refresh = iconButton("refresh", text.disks.refresh, { onclick: load });
  const foot = h("p", { class: "panel-foot" });
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
  const tools = h("div", { class: "panel-tools" }, faults.element, refresh);
  const head = h("div", { class: "panel-head" }, title, tools);
  const attributes = { class: "panel disks", "aria-labelledby": id, "data-testid": "disks" };

  return {
    element: h("section", attributes, head, body, foot),
    update(state) {
      const { servers, disks, isRefreshing } = state;
      const server = selectedServer(state);
      faults.update(state);
      refresh.disabled = !server;
      refresh.dataset.busy = String(isRefreshing);
      setText(foot, disks.name === "ready" ? footText(disks) : "");
      if (servers.name !== "loading" && !server) return show("none");
      if (disks.name === "failed") failure.update(disks.message);
      if (disks.name !== "ready") return show(disks.name);

      const hadFocus = list.element.contains(document.activeElement);
      list.update(state);
      show(disks.value.length > 0 ? "list" : "empty");
      // The row that had the focus is gone with its disk.
      if (hadFocus && !list.element.contains(document.activeElement)) title.focus();
    },
  };
}

function createDiskList({ controller, dialog, id }: DisksOptions): View<State> {
  const rows = h("tbody", { role: "rowgroup" });
  let server: Server | undefined;

  const ask = async (disk: Disk, row: HTMLElement) => {
    const answer = server && (await dialog.ask(disk, server));
    if (!answer) return;
    void controller.detach(disk, answer.isForced);
    // The button that opened the dialog has become another one, or is disabled.
    row.focus();
  };
  const updateRows = keyedList<DiskRow>(
    rows,
    ({ disk }) => `${server?.id} ${disk.volumeId}`,
    () => createDiskRow({ ask, cancel: (operationId) => controller.cancel(operationId) }),
  );
  return {
    element: createTable(rows, id),
    update(state) {
      server = selectedServer(state);
      const disks = state.disks.name === "ready" ? state.disks.value : [];
      updateRows(disks.map((disk) => ({ disk, operation: runningOperation(state, disk) })));
    },
  };
}

/** The roles are said again because a narrow window lays the rows out as cards, which would lose them. */
function createTable(rows: HTMLElement, labelledBy: string): HTMLElement {
  const headers = Object.values(text.disks.columns).map((label) =>
    h("th", { scope: "col", role: "columnheader" }, label),
  );
  return h(
    "table",
    { class: "disk-table", role: "table", "aria-labelledby": labelledBy },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...headers)),
    rows,
  );
}

function footText({ value, isStale, at }: { value: readonly Disk[]; isStale: boolean; at: Date }): string {
  const time = clock(at);
  return isStale ? text.disks.stale(time) : `${text.disks.count(value.length)} · ${text.disks.updated(time)}`;
}
