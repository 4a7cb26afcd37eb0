import "@fontsource-variable/inter/wght.css";
import "./styles/index.css";
import { Controller, initialState } from "./controller.ts";
import { applyLanguage, useLanguage } from "./language.ts";
import { preloadWhenIdle } from "./loading.ts";
import { createStore } from "./store.ts";
import { keepTime } from "./ticker.ts";
import { createPage } from "./views/page.ts";
import { createToasts } from "./views/toasts.ts";

const FONT_WAIT_MS = 400;

const root = document.getElementById("app");
if (!root) throw new Error("the page has no element #app");

applyLanguage();
const store = createStore(initialState());
const announcer = createToasts(root);
const controller = new Controller(store, announcer);

// Text that changes its font after it has been drawn would move what is around it.
const font = document.fonts.load('1rem "Inter Variable"').catch(() => []);
const patience = new Promise((resolve) => setTimeout(resolve, FONT_WAIT_MS));
const session = controller.start();
await Promise.race([font, patience]);

const host = document.createElement("div");
let page = openPage();
const draw = () => page.update(store.state);
store.subscribe(draw);
keepTime(store, draw);
root.prepend(host);
preloadWhenIdle((preload) => store.update({ preload }));
await session;

/** The page in the language that is chosen. In another, it is another page, of the same state. */
function openPage() {
  const opened = createPage(controller, announcer, (id) => {
    useLanguage(id);
    page = openPage();
    page.focusLanguage();
  });
  opened.update(store.state);
  host.replaceChildren(...opened.elements);
  return opened;
}
