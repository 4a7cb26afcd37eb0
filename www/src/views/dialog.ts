import { h, setText } from "../dom.ts";
import { modeText, sizeText } from "../format.ts";
import { icon } from "../icons.ts";
import { text } from "../language.ts";
import type { Announcer, Session, State, Target } from "../model.ts";
import { countServers } from "../selection.ts";
import { createCode } from "./code.ts";
import { createForce } from "./force.ts";

export interface DetachDialog {
  element: HTMLElement;
  update(state: State): void;
  /** Resolves when the dialog is closed; null where the user changed their mind, or there is nothing to ask. */
  ask(targets: readonly Target[]): Promise<{ isForced: boolean } | null>;
}

const CONFIRMED = "detach";

/** Asks before one disk is detached, or several at once. */
export function createDetachDialog(announcer: Announcer): DetachDialog {
  const words = text.dialog;
  const about = createAbout();
  const force = createForce();
  const code = createCode(announcer);
  const cancel = h("button", { type: "button", class: "button", autofocus: true }, words.cancel);
  const confirm = h("button", { type: "button", class: "button", "data-testid": "confirm" });
  const body = h("div", { class: "dialog-body" }, ...about.body, force.element, code.element);
  let asked: readonly Target[] = [];
  let session: Session | undefined;
  const element = h(
    "dialog",
    {
      class: "dialog",
      "aria-labelledby": "detach-title",
      "aria-describedby": "detach-lead",
      "data-testid": "detach-dialog",
    },
    about.title,
    body,
    h("div", { class: "dialog-actions" }, cancel, confirm),
  );

  const showForce = () => {
    const isForced = force.checkbox.checked;
    setText(confirm, isForced ? words.confirmForce : words.confirm);
    confirm.className = `button ${isForced ? "button-danger" : "button-primary"}`;
    force.element.dataset.active = String(isForced);
    if (session) code.update({ session, targets: asked, isForced });
  };
  force.checkbox.addEventListener("change", showForce);
  cancel.addEventListener("click", () => element.close(""));
  confirm.addEventListener("click", () => element.close(CONFIRMED));

  return {
    element,
    update(state) {
      session = state.session.name === "ready" ? state.session.value : undefined;
    },
    async ask(targets) {
      if (targets.length === 0) return null;
      asked = targets;
      about.update(targets);
      force.update(targets);
      showForce();
      code.close();
      element.returnValue = "";
      element.showModal();
      // Where the last question was left, if not.
      body.scrollTop = 0;
      announcer.speakIn(element);
      await new Promise((resolve) => element.addEventListener("close", resolve, { once: true }));
      announcer.speakIn(null);
      return element.returnValue === CONFIRMED ? { isForced: force.checkbox.checked } : null;
    },
  };
}

/** What is going to happen. */
function createAbout() {
  const words = text.dialog;
  const title = h("h2", { id: "detach-title", class: "dialog-title" });
  const lead = h("p", { id: "detach-lead" });
  const facts = h("dl", { class: "dialog-facts" });
  const list = h("ul", { class: "dialog-list", "aria-label": words.listLabel });
  const advice = h("span");
  return {
    title,
    body: [lead, facts, list, h("p", { class: "dialog-advice" }, icon("info"), advice)],
    update(targets: readonly Target[]): void {
      const [only] = targets;
      const isOne = only !== undefined && targets.length === 1;
      const areStopped = targets.every(({ server }) => server.status === "SHUTOFF");
      facts.hidden = !isOne;
      list.hidden = isOne;
      if (isOne) {
        setText(title, words.title(only.disk.name));
        setText(lead, words.lead(only.disk.name, only.server.name));
        setText(advice, areStopped ? words.stopped : words.running);
        facts.replaceChildren(...factRows(only));
      } else {
        setText(title, words.titleSeveral(targets.length));
        setText(lead, words.leadSeveral(countServers(targets)));
        setText(advice, areStopped ? words.stoppedSeveral : words.runningSeveral);
        list.replaceChildren(...targets.map(listItem));
      }
    },
  };
}

function factRows({ disk, server }: Target): HTMLElement[] {
  const { facts } = text.dialog;
  const rows: [string, string][] = [
    [facts.server, server.name],
    [facts.size, sizeText(disk)],
    [facts.device, disk.device || text.disks.noDevice],
    [facts.bus, modeText(disk)],
  ];
  return rows.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)));
}

function listItem({ disk, server }: Target): HTMLElement {
  return h(
    "li",
    {},
    h("span", { class: "dialog-disk" }, disk.name),
    h("span", {}, server.name),
    h("span", { class: "number" }, sizeText(disk)),
    h("span", { class: "mono" }, disk.device || text.disks.noDevice),
  );
}
