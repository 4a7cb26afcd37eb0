import { h, keyedList, setAttribute, setText, type View } from "../dom.ts";
import { purposeOf } from "../exchange.ts";
import { durationText, numberText, offsetText } from "../format.ts";
import { icon } from "../icons.ts";
import { text } from "../language.ts";
import type { Answer, Exchange, HeaderLine, State } from "../model.ts";
import { prettyBody } from "./json.ts";
import { emptyNote, switcher } from "./parts.ts";

/** Shows requests and answers as they went over the wire. */
export function createExchangePanel(): View<State> {
  const words = text.exchange;
  const titleId = "exchange-title";
  const list = h("div", { class: "exchanges" });
  const body = h("div", { class: "panel-scroll", tabindex: "0", role: "group", "aria-labelledby": titleId });
  const show = switcher(body, { empty: emptyNote(words.empty, words.emptyHint, "wire"), list });
  const about = h("span", { class: "panel-about" });
  const updateList = keyedList<ExchangeItem>(
    list,
    ({ exchange }) => String(exchange.id),
    ({ exchange }) => createExchange(exchange),
  );
  const title = h("h2", { id: titleId, class: "panel-title" }, words.title);

  return {
    element: h(
      "section",
      { class: "panel exchange-panel", "aria-labelledby": titleId, "data-testid": "exchange" },
      h("div", { class: "panel-head" }, title, about),
      body,
    ),
    update({ operations, shownOperationId }) {
      const operation = operations.find(({ id }) => id === shownOperationId);
      const { exchanges, startedAt: begunAt } = operation ?? { exchanges: [], startedAt: new Date() };
      setText(about, operation ? words.about(operation.disk.name) : "");
      show(exchanges.length > 0 ? "list" : "empty");
      updateList(exchanges.map((exchange) => ({ exchange, begunAt })));
    },
  };
}

interface ExchangeItem {
  exchange: Exchange;
  /** When the detach began: the times of its exchanges are counted from there. */
  begunAt: Date;
}

/** A line that opens. What changes something is open from the beginning, what only reads is not. */
function createExchange({ method, url, requestHeaders, sentAt }: Exchange): View<ExchangeItem> {
  const words = text.exchange;
  const offset = h("span", { class: "exchange-offset" });
  const status = h("span", { class: "method", "data-testid": "http-status" });
  const time = h("span", { class: "message-time" });
  const line = h(
    "summary",
    { class: "exchange-line" },
    icon("chevron"),
    offset,
    h("span", { class: "method mono" }, method),
    h("span", { class: "exchange-purpose" }, text.exchange.purposes[purposeOf(method, url)]),
    status,
    time,
  );
  // Headings are enough: as landmarks, all of the open exchanges would have the same name.
  const request = h(
    "div",
    { class: "message", "data-testid": "http-request" },
    h("h3", { class: "eyebrow" }, words.request),
    h("p", { class: "message-line mono" }, url),
    headerList(requestHeaders),
    note(words.noBody),
  );
  const answer = h("div", { class: "message", "data-testid": "http-answer" });
  let drawn: Exchange | undefined;
  return {
    element: h(
      "details",
      { class: "exchange", open: method === "DELETE", "data-testid": "http-exchange" },
      line,
      request,
      answer,
    ),
    update({ exchange, begunAt }) {
      setText(offset, offsetText(sentAt.getTime() - begunAt.getTime()));
      if (exchange === drawn) return;
      drawn = exchange;
      const { label, tone } = statusOf(exchange);
      setText(status, label);
      setAttribute(status, "data-tone", tone);
      const { outcome } = exchange;
      setText(time, outcome.name === "pending" ? "" : durationText(outcome.durationMs));
      answer.replaceChildren(h("h3", { class: "eyebrow" }, words.answer), ...answerView(exchange));
    },
  };
}

function statusOf({ outcome }: Exchange): { label: string; tone: string } {
  const words = text.exchange.status;
  if (outcome.name === "pending") return { label: words.pending, tone: "neutral" };
  if (outcome.name === "lost") {
    return { label: outcome.isAborted ? words.aborted : words.lost, tone: "danger" };
  }
  const { status } = outcome.answer;
  return { label: String(status), tone: status < 300 ? "ok" : "danger" };
}

function answerView({ outcome }: Exchange): HTMLElement[] {
  const words = text.exchange;
  if (outcome.name === "pending") return [note(words.waiting)];
  if (outcome.name === "lost") {
    const time = durationText(outcome.durationMs);
    return [note(outcome.isAborted ? words.aborted(time) : words.lost(time), "danger")];
  }
  const { answer } = outcome;
  const line = h("p", { class: "message-line mono" }, `${answer.status} ${answer.statusText}`);
  return [line, headerList(answer.headers), ...bodyView(answer)];
}

function bodyView({ body }: Answer): HTMLElement[] {
  const words = text.exchange;
  if (!body) return [note(words.reading)];
  if (body.isCut) return [note(words.cut, "danger")];
  if (body.text === "") return [note(words.noBody)];
  const { element, shownLength } = prettyBody(body.text);
  const all = body.text.length;
  return shownLength < all
    ? [element, note(words.tooLong(numberText(shownLength), numberText(all)))]
    : [element];
}

function headerList(headers: readonly HeaderLine[]): HTMLElement {
  if (headers.length === 0) return note(text.exchange.noHeaders);
  const rows = headers.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)));
  return h("dl", { class: "headers mono" }, ...rows);
}

function note(content: string, tone?: string): HTMLElement {
  return h("p", { class: "message-note", "data-tone": tone }, content);
}
