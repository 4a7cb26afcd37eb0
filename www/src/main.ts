import "@fontsource-variable/inter/wght.css";
import "./styles/index.css";
import { Controller, initialState } from "./controller.ts";
import { createStore } from "./store.ts";
import { createPage } from "./views/page.ts";
import { createToasts } from "./views/toasts.ts";

const FONT_WAIT_MS = 400;

const root = document.getElementById("app");
if (!root) throw new Error("the page has no element #app");

const store = createStore(initialState());
const toasts = createToasts();
const controller = new Controller(store, toasts.announcer);
const page = createPage(controller, toasts.announcer);

// Text that changes its font after it has been drawn would move what is around it.
const font = document.fonts.load('1rem "Inter Variable"').catch(() => []);
const patience = new Promise((resolve) => setTimeout(resolve, FONT_WAIT_MS));
const session = controller.start();
await Promise.race([font, patience]);

store.subscribe(page.update);
page.update(store.state);
root.append(...page.elements, toasts.element);
await session;
