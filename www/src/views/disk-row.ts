import { h, setAttribute, setText, type View } from "../dom.ts";
import { icon } from "../icons.ts";
import type { Disk, Operation } from "../model.ts";
import { text } from "../text.ts";
import { type PillState, pill } from "./parts.ts";

export interface DiskRow {
  disk: Disk;
  /** The detach that is going on. */
  operation: Operation | undefined;
}

export interface DiskRowActions {
  ask(disk: Disk, row: HTMLElement): Promise<void>;
  cancel(operationId: number): void;
}

export function createDiskRow({ ask, cancel }: DiskRowActions): View<DiskRow> {
  const { columns } = text.disks;
  const name = h("span", { class: "disk-name" });
  const id = h("span", { class: "disk-id mono" });
  const size = h("span", { class: "number" });
  const device = h("span", { class: "mono" });
  const bus = h("span");
  const type = createTypeCell();
  const status = pill();
  const action = createAction();
  const element = h(
    "tr",
    { role: "row", tabindex: "-1", class: "disk-row", "data-testid": "disk-row" },
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
    update({ disk, operation }) {
      setText(name, disk.name);
      setText(id, disk.volumeId);
      setText(size, text.disks.size(disk.sizeGiB));
      setText(device, disk.device || text.disks.noDevice);
      setText(bus, disk.bus);
      type.update(disk);
      status.update(diskStatus(disk, operation));
      action.update({
        disk,
        operation,
        onDetach: () => void ask(disk, element),
        onCancel: () => operation && cancel(operation.id),
      });
    },
  };
}

function cell(label: string, content: HTMLElement): HTMLElement {
  return h("td", { role: "cell", "data-label": label }, content);
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

function createAction(): View<Action> {
  let current: Action | undefined;
  const detach = h(
    "button",
    { type: "button", class: "button", onclick: () => current?.onDetach() },
    text.disks.detach,
  );
  const cancel = h(
    "button",
    { type: "button", class: "button", onclick: () => current?.onCancel() },
    text.disks.cancel,
  );
  return {
    element: h("span", { class: "disk-action" }, detach, cancel),
    update(action) {
      current = action;
      const { disk, operation } = action;
      const isBusy = operation !== undefined || disk.status === "detaching";
      const isCancellable = operation?.phase.name === "sending";
      detach.hidden = isCancellable;
      cancel.hidden = !isCancellable;
      detach.disabled = isBusy || disk.isSystemDisk;
      setAttribute(detach, "aria-label", (isBusy ? text.disks.busyNamed : text.disks.detachNamed)(disk.name));
      setAttribute(detach, "aria-describedby", disk.isSystemDisk && reasonId(disk.volumeId));
      setAttribute(detach, "title", disk.isSystemDisk && text.disks.protected);
      setAttribute(cancel, "aria-label", text.disks.cancelNamed(disk.name));
    },
  };
}

function reasonId(volumeId: string): string {
  return `protected-${volumeId}`;
}

function diskStatus({ status }: Disk, operation: Operation | undefined): PillState {
  if (operation?.phase.name === "sending") return { label: text.disks.sending, tone: "busy" };
  const shown = operation ? "detaching" : status;
  const label = text.disks.status[shown] ?? (shown || text.disks.unknownStatus);
  if (shown.startsWith("error")) return { label, tone: "danger" };
  if (shown === "in-use") return { label, tone: "ok" };
  return { label, tone: shown === "detaching" || shown === "attaching" ? "busy" : "neutral" };
}
