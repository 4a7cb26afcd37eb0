type Child = Node | string | null;
type Listener = (event: Event) => void;

/** Attributes; `on…` entries are listeners, `false` and `undefined` leave an attribute out. */
export type Props = Record<string, string | boolean | Listener | undefined>;

/** An HTML element with attributes, listeners and children. Text is always text, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else setAttribute(element, name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function setAttribute(element: Element, name: string, value: string | boolean | undefined): void {
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

/** Sets text only where it differs, so that a selection and a screen reader's place survive. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export interface View<T> {
  element: HTMLElement;
  update(value: T): void;
}

/** Keeps one child per item and its element as long as its key is there, so that focus survives an update. */
export function keyedList<T>(
  parent: HTMLElement,
  keyOf: (item: T) => string,
  create: (item: T) => View<T>,
): (items: readonly T[]) => void {
  const views = new Map<string, View<T>>();
  return (items) => {
    const keys = new Set(items.map(keyOf));
    for (const [key, view] of views) {
      if (keys.has(key)) continue;
      view.element.remove();
      views.delete(key);
    }
    items.forEach((item, index) => {
      const key = keyOf(item);
      const view = views.get(key) ?? create(item);
      views.set(key, view);
      view.update(item);
      const place = parent.children[index] ?? null;
      if (place !== view.element) parent.insertBefore(view.element, place);
    });
  };
}
