import type { Controller } from "../controller.ts";
import { h, keyedList, type View } from "../dom.ts";
import { text } from "../language.ts";
import {
  activeOperation,
  type Disk,
  isDetachable,
  type Server,
  type State,
  selectedServer,
  type Target,
} from "../model.ts";
import { isSelected } from "../selection.ts";
import type { DetachDialog } from "./dialog.ts";
import { createDiskRow, type DiskRow } from "./disk-row.ts";

export interface DiskTableOptions {
  controller: Controller;
  dialog: DetachDialog;
  labelledBy: string;
}

export function createDiskTable({ controller, dialog, labelledBy }: DiskTableOptions): View<State> {
  const rows = h("tbody", { role: "rowgroup" });
  const selectAll = createSelectAll(controller);
  let server: Server | undefined;

  const ask = async (disk: Disk, row: HTMLElement) => {
    const targets = server ? [{ server, disk }] : [];
    const answer = await dialog.ask(targets);
    if (!answer) return;
    void controller.detach(targets, answer.isForced);
    // The button that opened the dialog has become another one, or is disabled.
    row.focus();
  };
  const choose = (disk: Disk, isChosen: boolean) => {
    if (server) controller.selection.choose([{ server, disk }], isChosen);
  };
  const updateRows = keyedList<DiskRow>(
    rows,
    ({ disk }) => `${server?.id} ${disk.volumeId}`,
    () => createDiskRow({ ask, choose, cancel: (operationId) => controller.cancel(operationId) }),
  );
  return {
    element: createTable(rows, selectAll.element, labelledBy),
    update(state) {
      server = selectedServer(state);
      const targets = targetsOf(state);
      updateRows(
        targets.map((target) => ({
          disk: target.disk,
          operation: activeOperation(state, target.disk.volumeId),
          isSelected: isSelected(state, target),
        })),
      );
      selectAll.update(state);
    },
  };
}

function targetsOf(state: State): Target[] {
  const server = selectedServer(state);
  const disks = state.disks.name === "ready" ? state.disks.value : [];
  return server ? disks.map((disk) => ({ server, disk })) : [];
}

function createSelectAll(controller: Controller): View<State> {
  let targets: Target[] = [];
  const box = h("input", {
    type: "checkbox",
    class: "check",
    "aria-label": text.selection.selectAll,
    title: text.selection.selectAll,
    onchange: () => controller.selection.choose(targets, box.checked),
  });
  return {
    element: h("label", { class: "check-area" }, box),
    update(state) {
      targets = targetsOf(state).filter(({ disk }) => isDetachable(state, disk));
      const chosen = targets.filter((target) => isSelected(state, target)).length;
      box.disabled = targets.length === 0;
      box.checked = chosen > 0 && chosen === targets.length;
      box.indeterminate = chosen > 0 && chosen < targets.length;
    },
  };
}

/** The roles are said again because a narrow window lays the rows out as cards, which would lose them. */
function createTable(rows: HTMLElement, selectAll: HTMLElement, labelledBy: string): HTMLElement {
  const { choice, ...columns } = text.disks.columns;
  const header = (...content: (HTMLElement | string)[]) =>
    h("th", { scope: "col", role: "columnheader" }, ...content);
  const headers = [
    header(h("span", { class: "visually-hidden" }, choice), selectAll),
    ...Object.values(columns).map((label) => header(label)),
  ];
  return h(
    "table",
    { class: "disk-table", role: "table", "aria-labelledby": labelledBy },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...headers)),
    rows,
  );
}
