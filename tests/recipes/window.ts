// What frameworks and libraries look for when they are loaded: a page. To be imported before them.
import { Window } from "happy-dom";

const window = new Window({ url: "https://console.example.com/" });

/** Sets the globals. Newer versions of Node have a navigator that cannot be assigned. */
export function openWindow(): void {
  const { document, navigator, location, localStorage, Element, SVGElement } = window;
  const globals = { window, document, navigator, location, localStorage, Element, SVGElement };
  for (const [name, value] of Object.entries(globals))
    Object.defineProperty(globalThis, name, { value, configurable: true });
}
