// The recipes for the button and for the dialog that it opens, rendered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Attachment, detachVolumeAndWait, listAttachments } from "ecs-detach-volume";
import { cloud, DATA_DISK_ID, PROJECT_ID, SERVER_ID } from "ecs-detach-volume/testing";
import { canForce, questionFor } from "./confirm/question.ts";
import { openWindow } from "./window.ts";

openWindow();
Object.defineProperty(globalThis, "IS_REACT_ACT_ENVIRONMENT", { value: true });
const { act, createElement } = await import("react");
const { createRoot } = await import("react-dom/client");
const { ConfirmDialog } = await import("./confirm/ConfirmDialog.ts");

const options = { endpoint: "https://ecs.example.com", projectId: PROJECT_ID, serverId: SERVER_ID };

/** The system disk and the data disk of a cloud, as the package lists them. */
async function disksOf(fetch = cloud()): Promise<[Attachment, Attachment]> {
  const disks = await listAttachments({ ...options, fetch });
  const [system, data] = [true, false].map((is) => disks.find(({ isSystemDisk }) => isSystemDisk === is));
  assert.ok(system && data);
  return [system, data];
}

test("a system disk is no question, and cannot be forced", async () => {
  const [system] = await disksOf();
  assert.deepEqual(
    [questionFor(system, false), questionFor(system, true), canForce(system)],
    [null, null, false],
  );
});

test("the question names the disk, and asks to unmount it first", async () => {
  const [, data] = await disksOf();
  const question = questionFor(data, false);
  assert.equal(question?.title, "Detach /dev/vdb (100 GiB)?");
  assert.match(question.warnings[0] ?? "", /Unmount \/dev\/vdb/);
  assert.equal(question.mustType, null);
});

test("force costs more than a click, and says what it does", async () => {
  const [, data] = await disksOf();
  const question = questionFor(data, true);
  assert.equal(question?.mustType, "/dev/vdb");
  assert.match(question.warnings.join(" "), /is lost.*PCI slot.*quota.*restart/);
});

test("force is not offered for a SCSI disk", async () => {
  const [, data] = await disksOf();
  const scsi = { ...data, bus: "scsi" };
  assert.equal(canForce(scsi), false);
  assert.deepEqual(questionFor(scsi, true), questionFor(scsi, false));
});

test("where a disk has neither device nor size, its id names it", async () => {
  const [, data] = await disksOf();
  assert.equal(questionFor({ ...data, device: null, sizeGiB: null }, true)?.mustType, DATA_DISK_ID);
});

/** The dialog, and what a person does with it. */
async function open(disk: Attachment) {
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  const confirmed: { force: boolean }[] = [];
  let cancelled = 0;
  const onCancel = () => {
    cancelled += 1;
  };
  const onConfirm = (how: { force: boolean }) => void confirmed.push(how);
  await act(async () => root.render(createElement(ConfirmDialog, { disk, onConfirm, onCancel })));
  const all = <E extends HTMLElement>(selector: string) => [...place.querySelectorAll<E>(selector)];
  return {
    place,
    confirmed,
    cancelled: () => cancelled,
    dialog: () => all<HTMLDialogElement>("dialog")[0],
    boxes: () => all<HTMLInputElement>("input[type=checkbox]"),
    button: () => all<HTMLButtonElement>("button").find(({ textContent }) => textContent === "Detach"),
    click: (element: HTMLElement | undefined) => act(async () => element?.click()),
    type: (text: string) =>
      act(async () => {
        const input = all<HTMLInputElement>("input:not([type=checkbox])")[0];
        // React listens to what a person types, not to what a script assigns.
        const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), "value") ?? {};
        set?.call(input, text);
        input?.dispatchEvent(new window.Event("input", { bubbles: true }));
      }),
    close: () => act(async () => root.unmount()),
  };
}

test("the dialog lets a disk go only when it is unmounted, and the call detaches it", async () => {
  const myCloud = cloud({ taskMs: 0 });
  const [, data] = await disksOf(myCloud);
  const dialog = await open(data);
  assert.equal(dialog.button()?.disabled, true);
  await dialog.click(dialog.boxes()[0]);
  await dialog.click(dialog.button());
  assert.deepEqual(dialog.confirmed, [{ force: false }]);
  await dialog.close();
  const [confirmed] = dialog.confirmed;
  await detachVolumeAndWait({
    ...options,
    volumeId: data.volumeId,
    fetch: myCloud,
    initialDelayMs: 1,
    ...confirmed,
  });
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
});

test("the dialog is modal, and Escape cancels it", async () => {
  const [, data] = await disksOf();
  const dialog = await open(data);
  assert.equal(dialog.dialog()?.open, true);
  assert.notEqual(document.activeElement, dialog.button());
  await act(async () => dialog.dialog()?.dispatchEvent(new window.Event("cancel")));
  assert.deepEqual([dialog.cancelled(), dialog.confirmed], [1, []]);
  await dialog.close();
});

test("by force, the name of the device has to be typed", async () => {
  const [, data] = await disksOf();
  const dialog = await open(data);
  await dialog.click(dialog.boxes()[1]);
  assert.equal(dialog.button()?.disabled, true);
  await dialog.type("/dev/vda");
  assert.equal(dialog.button()?.disabled, true);
  await dialog.type("/dev/vdb");
  await dialog.click(dialog.button());
  assert.deepEqual(dialog.confirmed, [{ force: true }]);
  await dialog.close();
});

test("for a system disk, there is nothing to confirm", async () => {
  const [system] = await disksOf();
  const dialog = await open(system);
  assert.equal(dialog.button(), undefined);
  assert.match(dialog.place.textContent ?? "", /system disk/);
  await dialog.close();
});
