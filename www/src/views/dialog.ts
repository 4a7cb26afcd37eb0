import { h, setText } from "../dom.ts";
import { icon } from "../icons.ts";
import type { Disk, Server } from "../model.ts";
import { text } from "../text.ts";

export interface DetachDialog {
  element: HTMLElement;
  /** Resolves when the dialog is closed; null where the user changed their mind. */
  ask(disk: Disk, server: Server): Promise<{ isForced: boolean } | null>;
}

const CONFIRMED = "detach";
const words = text.dialog;

export function createDetachDialog(): DetachDialog {
  const title = h("h2", { id: "detach-title", class: "dialog-title" });
  const lead = h("p", { id: "detach-lead" });
  const facts = h("dl", { class: "dialog-facts" });
  const advice = h("p", { class: "dialog-advice" });
  const adviceText = h("span");
  advice.append(icon("info"), adviceText);
  const force = createForce();
  const cancel = h("button", { type: "button", class: "button", autofocus: true }, words.cancel);
  const confirm = h("button", { type: "button", class: "button", "data-testid": "confirm" });
  const element = h(
    "dialog",
    {
      class: "dialog",
      "aria-labelledby": "detach-title",
      "aria-describedby": "detach-lead",
      "data-testid": "detach-dialog",
    },
    title,
    h("div", { class: "dialog-body" }, lead, facts, advice, force.element),
    h("div", { class: "dialog-actions" }, cancel, confirm),
  );

  const showForce = () => {
    const isForced = force.checkbox.checked;
    setText(confirm, isForced ? words.confirmForce : words.confirm);
    confirm.className = `button ${isForced ? "button-danger" : "button-primary"}`;
    force.element.dataset.active = String(isForced);
  };
  force.checkbox.addEventListener("change", showForce);
  cancel.addEventListener("click", () => element.close(""));
  confirm.addEventListener("click", () => element.close(CONFIRMED));

  return {
    element,
    ask(disk, server) {
      setText(title, words.title(disk.name));
      setText(lead, words.lead(disk.name, server.name));
      facts.replaceChildren(...factList(disk, server));
      setText(adviceText, server.status === "SHUTOFF" ? words.stopped : words.running);
      force.reset(disk);
      showForce();
      element.returnValue = "";
      element.showModal();
      return new Promise((resolve) => {
        const isForced = () => force.checkbox.checked;
        const settle = () => resolve(element.returnValue === CONFIRMED ? { isForced: isForced() } : null);
        element.addEventListener("close", settle, { once: true });
      });
    },
  };
}

function factList(disk: Disk, server: Server): HTMLElement[] {
  const rows: [string, string][] = [
    [words.facts.server, server.name],
    [words.facts.size, text.disks.size(disk.sizeGiB)],
    [words.facts.device, disk.device || text.disks.noDevice],
    [words.facts.bus, disk.bus],
  ];
  return rows.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)));
}

/** The choice to force, with everything the service documents about it. */
function createForce() {
  const checkbox = h("input", {
    type: "checkbox",
    id: "force",
    "aria-describedby": "force-hint force-warnings",
    "data-testid": "force",
  });
  const scsi = h("p", { class: "force-note" }, icon("alert"), h("span", {}, words.scsi));
  const element = h(
    "div",
    { class: "force" },
    h("div", { class: "force-choice" }, checkbox, h("label", { for: "force" }, words.force)),
    h("p", { id: "force-hint", class: "force-hint" }, words.forceHint),
    scsi,
    h(
      "div",
      { id: "force-warnings", class: "force-warnings" },
      h("p", { class: "force-warnings-title" }, words.warningsTitle),
      h("ul", {}, ...words.warnings.map((warning) => h("li", {}, warning))),
    ),
  );
  return {
    element,
    checkbox,
    reset(disk: Disk): void {
      checkbox.checked = false;
      scsi.hidden = disk.bus !== "scsi";
    },
  };
}
