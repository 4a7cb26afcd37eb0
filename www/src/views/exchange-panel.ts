import { h, type View } from "../dom.ts";
import type { Answer, Exchange, HeaderLine, State } from "../model.ts";
import { text } from "../text.ts";
import { prettyBody } from "./json.ts";
import { emptyNote, switcher } from "./parts.ts";

const words = text.exchange;

/** Shows requests and answers as they went over the wire. */
export function createExchangePanel(): View<State> {
  const titleId = "exchange-title";
  const list = h("div", { class: "exchanges" });
  const body = h("div", { class: "panel-scroll", tabindex: "0", role: "group", "aria-labelledby": titleId });
  const show = switcher(body, { empty: emptyNote(words.empty, words.emptyHint, "wire"), list });
  let drawn: readonly Exchange[] = [];

  return {
    element: h(
      "section",
      { class: "panel exchange-panel", "aria-labelledby": titleId, "data-testid": "exchange" },
      h("div", { class: "panel-head" }, h("h2", { id: titleId, class: "panel-title" }, words.title)),
      body,
    ),
    update({ operations, shownOperationId }) {
      const exchanges = operations.find(({ id }) => id === shownOperationId)?.exchanges ?? [];
      show(exchanges.length > 0 ? "list" : "empty");
      if (exchanges === drawn) return;
      drawn = exchanges;
      list.replaceChildren(...exchanges.map(exchangeView));
    },
  };
}

function exchangeView(exchange: Exchange): HTMLElement {
  const { method, url, requestHeaders } = exchange;
  return h(
    "article",
    { class: "exchange" },
    h(
      "section",
      { class: "message", "data-testid": "http-request", "aria-label": words.request },
      h("h3", { class: "eyebrow" }, words.request),
      h("p", { class: "message-line mono" }, h("span", { class: "method" }, method), h("span", {}, url)),
      headerList(requestHeaders),
      note(words.noBody),
    ),
    h(
      "section",
      { class: "message", "data-testid": "http-answer", "aria-label": words.answer },
      h("h3", { class: "eyebrow" }, words.answer),
      ...outcomeView(exchange),
    ),
  );
}

function outcomeView({ outcome }: Exchange): HTMLElement[] {
  if (outcome.name === "pending") return [note(words.waiting)];
  const time = duration(outcome.durationMs);
  if (outcome.name === "lost")
    return [note(outcome.isAborted ? words.aborted(time) : words.lost(time), "danger")];

  const { answer } = outcome;
  const tone = answer.status < 300 ? "ok" : "danger";
  const line = h(
    "p",
    { class: "message-line mono" },
    h("span", { class: "method", "data-tone": tone }, String(answer.status)),
    h("span", {}, answer.statusText),
    h("span", { class: "message-time" }, time),
  );
  return [line, headerList(answer.headers), ...bodyView(answer)];
}

function bodyView({ body }: Answer): HTMLElement[] {
  if (!body) return [note(words.reading)];
  if (body.isCut) return [note(words.cut, "danger")];
  if (body.text === "") return [note(words.noBody)];
  const { element, shownLength } = prettyBody(body.text);
  const all = body.text.length;
  return shownLength < all ? [element, note(words.tooLong(shownLength, all))] : [element];
}

function headerList(headers: readonly HeaderLine[]): HTMLElement {
  if (headers.length === 0) return note(words.noHeaders);
  const rows = headers.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)));
  return h("dl", { class: "headers mono" }, ...rows);
}

function note(content: string, tone?: string): HTMLElement {
  return h("p", { class: "message-note", "data-tone": tone }, content);
}

function duration(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}
