import type { Controller } from "../controller.ts";
import { h, setText, type View } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import { LANGUAGES, language, text } from "../language.ts";
import type { Announcer, State } from "../model.ts";
import { chosenTheme, THEMES, useTheme } from "../theme.ts";
import { button, copyButton } from "./parts.ts";

export interface TopBar extends View<State> {
  /** Gives the focus to the choice of the language. */
  focusLanguage(): void;
}

export function createTopBar(
  controller: Controller,
  announcer: Announcer,
  chooseLanguage: (id: string) => void,
): TopBar {
  const { product } = text;
  const project = h("span", { class: "mono", "data-testid": "project-id" });
  const copy = copyButton(text.copy.projectId, () => project.textContent ?? "", announcer);
  const languages = createLanguageChoice(chooseLanguage);
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
    h("div", { class: "bar-tools" }, languages, createThemeChoice(), reset),
  );
  return {
    element,
    update({ session }) {
      setText(project, session.name === "ready" ? session.value.projectId : "–");
      copy.disabled = session.name !== "ready";
      reset.disabled = session.name !== "ready";
    },
    focusLanguage: () => languages.querySelector("select")?.focus(),
  };
}

function createLanguageChoice(choose: (id: string) => void): HTMLElement {
  const options = LANGUAGES.map(({ id, name }) => h("option", { value: id, lang: id }, name));
  return barSelect(
    { label: text.settings.language, iconName: "globe", testId: "language", options, choose },
    language.id,
  );
}

function createThemeChoice(): HTMLElement {
  const { theme, themes } = text.settings;
  const options = THEMES.map((id) => h("option", { value: id }, themes[id]));
  const choose = (value: string) => {
    const chosen = THEMES.find((id) => id === value);
    if (chosen) useTheme(chosen);
  };
  return barSelect({ label: theme, iconName: "contrast", testId: "theme", options, choose }, chosenTheme());
}

interface BarSelect {
  label: string;
  iconName: IconName;
  testId: string;
  options: readonly HTMLOptionElement[];
  choose: (value: string) => void;
}

/** A choice in the bar; where there is little room, only its icon is to be seen. */
function barSelect({ label, iconName, testId, options, choose }: BarSelect, value: string): HTMLElement {
  const select = h(
    "select",
    { "aria-label": label, title: label, "data-testid": testId, onchange: () => choose(select.value) },
    ...options,
  );
  select.value = value;
  return h("span", { class: "bar-select" }, icon(iconName), select, icon("chevron"));
}

function contextItem(label: string, ...value: HTMLElement[]): HTMLElement {
  return h("div", { class: "context-item" }, h("dt", {}, label), h("dd", {}, ...value));
}
