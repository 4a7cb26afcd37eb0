import { h, setText } from "../dom.ts";
import { icon } from "../icons.ts";
import { text } from "../language.ts";
import type { Target } from "../model.ts";

/** The choice to force, with everything the service documents about it. */
export function createForce() {
  const words = text.dialog;
  const checkbox = h("input", {
    type: "checkbox",
    class: "check",
    id: "force",
    "aria-describedby": "force-hint force-warnings",
    "data-testid": "force",
  });
  const note = h("span");
  const scsi = h("p", { class: "force-note" }, icon("alert"), note);
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
    update(targets: readonly Target[]): void {
      const names = targets.filter(({ disk }) => disk.bus === "scsi").map(({ disk }) => disk.name);
      checkbox.checked = false;
      scsi.hidden = names.length === 0;
      setText(note, targets.length === 1 ? words.scsi : words.scsiSeveral(names.join(words.separator)));
    },
  };
}
