import { h, setText, type View } from "../dom.ts";
import { text } from "../language.ts";
import { type Announcer, type State, selectedServer } from "../model.ts";
import { copyButton, pill } from "./parts.ts";
import { serverStatus } from "./servers.ts";

export function createServerHead(announcer: Announcer): View<State> {
  const name = h("h1", { class: "page-title", "data-testid": "server-title" });
  const status = pill();
  const id = h("span", { class: "mono" });
  const idLine = h(
    "p",
    { class: "page-id" },
    id,
    copyButton(text.copy.serverId, () => id.textContent ?? "", announcer),
  );
  const element = h(
    "div",
    { class: "page-head" },
    h("div", { class: "page-line" }, name, status.element),
    idLine,
  );
  return {
    element,
    update(state) {
      const server = selectedServer(state);
      setText(name, server?.name ?? text.product.name);
      setText(id, server?.id ?? "");
      status.element.hidden = idLine.hidden = !server;
      if (server) status.update(serverStatus(server.status));
    },
  };
}
