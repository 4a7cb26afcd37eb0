import type { Controller } from "../controller.ts";
import { h, keyedList, setAttribute, setText, type View } from "../dom.ts";
import { text } from "../language.ts";
import type { Server, State } from "../model.ts";
import { describeLoadFailure } from "../problem.ts";
import { emptyNote, failureNote, type PillState, pill, skeleton, switcher } from "./parts.ts";

export function createServers(controller: Controller): View<State> {
  const titleId = "servers-title";
  const list = h("ul", { class: "server-list" });
  const title = h("h2", { id: titleId, class: "eyebrow", tabindex: "-1" }, text.servers.title);
  const failure = failureNote(text.servers.failed, () => {
    void controller.start();
    title.focus();
  });
  const body = h("div");
  const show = switcher(body, {
    loading: skeleton(text.servers.loading, 3),
    failed: failure.element,
    empty: emptyNote(text.servers.empty, null, "info"),
    list,
  });
  const updateList = keyedList<ServerItem>(
    list,
    ({ server }) => server.id,
    ({ server }) => createServerItem(() => void controller.selectServer(server.id)),
  );
  const element = h(
    "nav",
    { class: "servers", "aria-labelledby": titleId, "data-testid": "servers" },
    title,
    body,
  );
  return {
    element,
    update({ servers, serverId, selection }) {
      if (servers.name === "failed") failure.update(describeLoadFailure(servers.error));
      if (servers.name !== "ready") return show(servers.name);
      show(servers.value.length > 0 ? "list" : "empty");
      updateList(
        servers.value.map((server) => ({
          server,
          isCurrent: server.id === serverId,
          selected: selection.filter((target) => target.server.id === server.id).length,
        })),
      );
    },
  };
}

interface ServerItem {
  server: Server;
  isCurrent: boolean;
  /** How many of its disks are selected. */
  selected: number;
}

function createServerItem(select: () => void): View<ServerItem> {
  const name = h("span", { class: "server-name" });
  const count = h("span", { class: "count", "aria-hidden": "true" });
  const countText = h("span", { class: "visually-hidden" });
  const status = pill();
  const id = h("span", { class: "server-id mono" });
  const choose = h("button", { type: "button", class: "server", "data-testid": "server", onclick: select });
  const line = h("span", { class: "server-line" }, name, count, countText, status.element);
  choose.append(line, id);
  return {
    element: h("li", {}, choose),
    update({ server, isCurrent, selected }) {
      setText(count, String(selected));
      setText(countText, text.selection.ofServer(selected));
      count.hidden = countText.hidden = selected === 0;
      setText(name, server.name);
      setText(id, server.id);
      status.update(serverStatus(server.status));
      setAttribute(choose, "aria-current", isCurrent && "true");
    },
  };
}

export function serverStatus(status: string): PillState {
  const label = text.servers.status[status] ?? status;
  if (status === "ACTIVE") return { label, tone: "ok" };
  if (status === "ERROR") return { label, tone: "danger" };
  return { label, tone: status === "SHUTOFF" ? "neutral" : "busy" };
}
