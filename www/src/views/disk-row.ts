import { h, setAttribute, setText, type View } from "../dom.ts";
import { modeText, sizeText } from "../format.ts";
import { icon } from "../icons.ts";
import { text } from "../language.ts";
import { preloading } from "../loading.ts";
import { type Disk, isChanging, type Operation } from "../model.ts";
import { type PillState, pill } from "./parts.ts";

export interface DiskRow {
  disk: Disk;
  /** The detach that is going on. */
  operation: Operation | undefined;
  isSelected: boolean;
}

export interface DiskRowActions {
  ask(disk: Disk, row: HTMLElement): Promise<void>;
  cancel(operationId: number): void;
  choose(disk: Disk, isChosen: boolean): void;
}

export function createDiskRow({ ask, cancel, choose }: DiskRowActions): View<DiskRow> {
  const { columns } = text.disks;
  const name = h("span", { class: "disk-name" });
  const id = h("span", { class: "disk-id mono" });
  const size = h("span", { class: "number" });
  const device = h("span", { class: "mono" });
  const bus = h("span");
  const type = createTypeCell();
  const status = pill();
  const choice = createChoice(choose);
  const element = h("tr", { role: "row", tabindex: "-1", class: "disk-row", "data-testid": "disk-row" });
  const action = createAction(() => element.focus());
  element.append(
    h("td", { role: "cell", class: "disk-choice" }, choice.element),
    h("th", { scope: "row", role: "rowheader", "data-label": columns.name }, name, id),
    cell(columns.size, size),
    cell(columns.device, device),
    cell(columns.bus, bus),
    cell(columns.type, type.element),
    cell(columns.status, status.element),
    cell(columns.action, action.element),
  );
  return {
    element,
    update(row) {
      const { disk, operation } = row;
      setText(name, disk.name);
      setText(id, disk.volumeId);
      setText(size, sizeText(disk));
      setText(device, disk.device || text.disks.noDevice);
      setText(bus, modeText(disk));
      type.update(disk);
      status.update(diskStatus(disk, operation));
      choice.update(row);
      setAttribute(element, "data-disk", disk.name);
      setAttribute(element, "data-selected", row.isSelected);
      action.update({
        ...row,
        onDetach: () => void ask(disk, element),
        onCancel: () => operation && cancel(operation.id),
      });
    },
  };
}

function cell(label: string, content: HTMLElement): HTMLElement {
  return h("td", { role: "cell", "data-label": label }, content);
}

function createChoice(choose: DiskRowActions["choose"]): View<DiskRow> {
  let current: DiskRow | undefined;
  const box = h("input", {
    type: "checkbox",
    class: "check",
    "data-testid": "choice",
    onchange: () => current && choose(current.disk, box.checked),
  });
  return {
    element: h("label", { class: "check-area" }, box),
    update(row) {
      current = row;
      const { disk } = row;
      box.checked = row.isSelected;
      box.disabled = disk.isSystemDisk || isBusy(row);
      setAttribute(box, "aria-label", text.selection.selectNamed(disk.name));
      setAttribute(box, "aria-describedby", disk.isSystemDisk && reasonId(disk.volumeId));
    },
  };
}

function createTypeCell(): View<Disk> {
  const label = h("span");
  const lock = h("span", { class: "disk-lock" }, icon("lock"));
  const reason = h("span", { class: "disk-reason" }, text.disks.protected);
  return {
    element: h("span", { class: "disk-type" }, h("span", { class: "disk-type-line" }, lock, label), reason),
    update({ isSystemDisk, volumeId }) {
      setText(label, isSystemDisk ? text.disks.systemDisk : text.disks.dataDisk);
      reason.id = reasonId(volumeId);
      lock.hidden = reason.hidden = !isSystemDisk;
    },
  };
}

interface Action extends DiskRow {
  onDetach: () => void;
  onCancel: () => void;
}

/** One button or the other; where the one with the focus goes away, the row takes it. */
function createAction(takeFocus: () => void): View<Action> {
  let current: Action | undefined;
  const attributes = { type: "button", class: "button" };
  const detach = h(
    "button",
    { ...attributes, ...preloading, "data-testid": "detach", onclick: () => current?.onDetach() },
    text.disks.detach,
  );
  const cancel = h(
    "button",
    { ...attributes, "data-testid": "cancel", onclick: () => current?.onCancel() },
    text.disks.cancel,
  );
  return {
    element: h("span", { class: "disk-action" }, detach, cancel),
    update(action) {
      current = action;
      const { disk, operation } = action;
      const isCancellable = operation !== undefined && operation.batchId === null;
      const hadFocus = document.activeElement === (isCancellable ? detach : cancel);
      detach.hidden = isCancellable;
      cancel.hidden = !isCancellable;
      detach.disabled = isBusy(action) || disk.isSystemDisk;
      if (hadFocus) takeFocus();
      const name = isBusy(action) ? text.disks.busyNamed : text.disks.detachNamed;
      setAttribute(detach, "aria-label", name(disk.name));
      setAttribute(detach, "aria-describedby", disk.isSystemDisk && reasonId(disk.volumeId));
      setAttribute(detach, "title", disk.isSystemDisk && text.disks.protectedWhy);
      setAttribute(cancel, "aria-label", text.disks.cancelNamed(disk.name));
    },
  };
}

function reasonId(volumeId: string): string {
  return `protected-${volumeId}`;
}

function isBusy({ disk, operation }: DiskRow): boolean {
  return operation !== undefined || isChanging(disk);
}

function diskStatus(disk: Disk, operation: Operation | undefined): PillState {
  const words = text.disks.progress;
  if (operation?.phase.name === "queued") return { label: words.queued, tone: "neutral" };
  if (operation?.phase.name === "running") {
    return { label: words[operation.phase.progress.phase], tone: "busy" };
  }
  const { status } = disk;
  const label = text.disks.status[status] ?? (status || text.disks.unknownStatus);
  if (status.startsWith("error")) return { label, tone: "danger" };
  if (status === "in-use") return { label, tone: "ok" };
  return { label, tone: isChanging(disk) ? "busy" : "neutral" };
}
