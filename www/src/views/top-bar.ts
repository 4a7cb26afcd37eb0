import type { Controller } from "../controller.ts";
import { h, setText, type View } from "../dom.ts";
import { icon } from "../icons.ts";
import type { Announcer, State } from "../model.ts";
import { text } from "../text.ts";
import { button, copyButton } from "./parts.ts";

export function createTopBar(controller: Controller, announcer: Announcer): View<State> {
  const { product } = text;
  const project = h("span", { class: "mono", "data-testid": "project-id" });
  const copy = copyButton(text.copy.projectId, () => project.textContent ?? "", announcer);
  const reset = button(
    product.reset,
    { class: "button button-bar", "data-testid": "reset", onclick: () => void controller.reset() },
    "undo",
  );
  const element = h(
    "header",
    { class: "top-bar" },
    h(
      "div",
      { class: "brand" },
      h("span", { class: "brand-mark" }, icon("logo")),
      h("span", { class: "brand-name" }, product.name),
      h("span", { class: "badge" }, product.simulated),
    ),
    h(
      "dl",
      { class: "context" },
      contextItem(product.region, h("span", {}, product.regionName)),
      contextItem(product.project, project, copy),
    ),
    reset,
  );
  return {
    element,
    update({ session }) {
      setText(project, session.name === "ready" ? session.value.projectId : "–");
      copy.disabled = session.name !== "ready";
      reset.disabled = session.name !== "ready";
    },
  };
}

function contextItem(label: string, ...value: HTMLElement[]): HTMLElement {
  return h("div", { class: "context-item" }, h("dt", {}, label), h("dd", {}, ...value));
}
