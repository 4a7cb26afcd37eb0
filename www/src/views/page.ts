import type { Controller } from "../controller.ts";
import { h } from "../dom.ts";
import { text } from "../language.ts";
import type { Announcer, State } from "../model.ts";
import { createActivity } from "./activity.ts";
import { createDetachDialog } from "./dialog.ts";
import { createDisks } from "./disks.ts";
import { createExchangePanel } from "./exchange-panel.ts";
import { createFaultPanel } from "./fault-panel.ts";
import { createServerHead } from "./server-head.ts";
import { createServers } from "./servers.ts";
import { createTopBar } from "./top-bar.ts";

const DISKS_ID = "disks";

export interface Page {
  elements: readonly HTMLElement[];
  update(state: State): void;
  focusLanguage(): void;
}

/** Everything there is to see, in the language that is chosen when it is called. */
export function createPage(
  controller: Controller,
  announcer: Announcer,
  chooseLanguage: (id: string) => void,
): Page {
  const dialog = createDetachDialog(announcer);
  const topBar = createTopBar(controller, announcer, chooseLanguage);
  const servers = createServers(controller);
  const head = createServerHead(announcer);
  const disks = createDisks({ controller, dialog, id: DISKS_ID });
  const faults = createFaultPanel(controller);
  const activity = createActivity(controller, announcer);
  const exchange = createExchangePanel();

  const panels = h("div", { class: "panels" }, activity.element, exchange.element);
  const main = h("main", { class: "main" }, head.element, disks.element, panels);
  const side = h("div", { class: "side" }, servers.element, faults.element);
  const skip = h("a", { class: "skip-link", href: `#${DISKS_ID}` }, text.product.skip);
  const layout = h("div", { class: "layout" }, side, main);
  const views = [topBar, servers, head, disks, faults, activity, exchange];
  return {
    elements: [skip, topBar.element, layout, dialog.element],
    update: (state) => {
      for (const view of views) view.update(state);
      dialog.update(state);
    },
    focusLanguage: topBar.focusLanguage,
  };
}
