import type { Attachment } from "ecs-detach-volume";
import { createElement as h, useEffect, useId, useRef, useState } from "react";
import { canForce, questionFor } from "./question.ts";

export interface ConfirmDialogProps {
  disk: Attachment;
  onConfirm(options: { force: boolean }): void;
  onCancel(): void;
}

/** Asks before a disk is detached. The button that does it never has the focus at first. */
export function ConfirmDialog({ disk, onConfirm, onCancel }: ConfirmDialogProps) {
  const [isUnmounted, setUnmounted] = useState(false);
  const [force, setForce] = useState(false);
  const [typed, setTyped] = useState("");
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  const question = questionFor(disk, force);
  if (question === null) {
    const reason = "This is the system disk: the server starts from it. It cannot be detached here.";
    return h("p", { role: "alert" }, reason);
  }
  const { title, warnings, mustType } = question;
  const checkbox = (label: string, checked: boolean, set: (isChecked: boolean) => void) =>
    h(
      "label",
      null,
      h("input", { type: "checkbox", checked, onChange: ({ target }) => set(target.checked) }),
      label,
    );
  const isReady = (isUnmounted || force) && (mustType === null || typed === mustType);
  return h(
    "dialog",
    // Escape cancels, as the button does.
    { ref: dialog, role: "alertdialog", "aria-labelledby": titleId, onCancel },
    h("h2", { id: titleId }, title),
    h("ul", null, ...warnings.map((warning) => h("li", { key: warning }, warning))),
    checkbox("It is unmounted.", isUnmounted, setUnmounted),
    canForce(disk) && checkbox("Detach it by force.", force, setForce),
    mustType !== null &&
      h(
        "label",
        null,
        `Type ${mustType}: `,
        h("input", { value: typed, onChange: ({ target }) => setTyped(target.value) }),
      ),
    h("button", { type: "button", onClick: onCancel }, "Cancel"),
    h("button", { type: "button", disabled: !isReady, onClick: () => onConfirm({ force }) }, "Detach"),
  );
}
