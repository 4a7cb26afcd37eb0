import { h, type Props, setAttribute, setText, type View } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import { text } from "../language.ts";
import type { Announcer } from "../model.ts";

export type Tone = "ok" | "busy" | "neutral" | "warning" | "danger";

export interface PillState {
  label: string;
  tone: Tone;
}

/** A state in a word, with a coloured mark; the colour never says more than the word. */
export function pill(): View<PillState> {
  const label = h("span");
  const element = h(
    "span",
    { class: "pill" },
    h("span", { class: "pill-mark", "aria-hidden": "true" }),
    label,
  );
  return {
    element,
    update(state) {
      setText(label, state.label);
      setAttribute(element, "data-tone", state.tone);
    },
  };
}

export function button(label: string, props: Props = {}, iconName?: IconName): HTMLButtonElement {
  const { class: look = "button" } = props;
  return h(
    "button",
    { type: "button", ...props, class: look },
    iconName ? icon(iconName) : null,
    h("span", {}, label),
  );
}

export function iconButton(iconName: IconName, label: string, props: Props = {}): HTMLButtonElement {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, ...props },
    icon(iconName),
  );
}

export function copyButton(
  what: string,
  value: () => string,
  announcer: Announcer,
  props: Props = {},
): HTMLButtonElement {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value());
      announcer.say(text.copy.done(what));
    } catch {
      announcer.warn(text.copy.failed);
    }
  };
  return iconButton("copy", text.copy.label(what), { ...props, onclick: () => void copy() });
}

/** What stands where nothing is yet. */
export function emptyNote(title: string, hint: string | null, iconName: IconName): HTMLElement {
  return h(
    "div",
    { class: "empty" },
    h("span", { class: "empty-icon" }, icon(iconName)),
    h("p", { class: "empty-title" }, title),
    hint === null ? null : h("p", { class: "empty-hint" }, hint),
  );
}

export function failureNote(title: string, retry: () => void): View<string> {
  const message = h("p", { class: "empty-hint" });
  const element = h(
    "div",
    { class: "empty", "data-testid": "load-error" },
    h("span", { class: "empty-icon", "data-tone": "danger" }, icon("alert")),
    h("p", { class: "empty-title" }, title),
    message,
    button(text.load.retry, { onclick: retry }, "refresh"),
  );
  return { element, update: (value) => setText(message, value) };
}

/** Grey lines in the place of what is being loaded. */
export function skeleton(label: string, lines: number): HTMLElement {
  const bars = Array.from({ length: lines }, () => h("span", { class: "skeleton-line" }));
  return h(
    "div",
    { class: "skeleton", role: "status" },
    h("span", { class: "visually-hidden" }, label),
    ...bars,
  );
}

/** Shows one of several elements, in the same place. */
export function switcher<K extends string>(
  parent: HTMLElement,
  choices: Record<K, HTMLElement>,
): (key: K) => void {
  return (key) => {
    if (parent.firstElementChild !== choices[key]) parent.replaceChildren(choices[key]);
  };
}
