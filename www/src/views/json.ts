import { h } from "../dom.ts";

const MAX_SHOWN = 20_000;

/** Keys, strings, and the other values of JSON text. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A body, indented and coloured where it is JSON, else as it is; a very long one is cut. */
export function prettyBody(body: string): { element: HTMLElement; shownLength: number } {
  const element = h("pre", { class: "code-block", "data-testid": "http-body" });
  if (body.length > MAX_SHOWN) {
    element.append(body.slice(0, MAX_SHOWN));
    return { element, shownLength: MAX_SHOWN };
  }
  const indented = indent(body);
  if (indented === null) element.append(body);
  else element.append(...coloured(indented));
  return { element, shownLength: body.length };
}

function indent(body: string): string | null {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return null;
  }
}

function coloured(json: string): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let end = 0;
  for (const { 0: token, 1: quoted, 2: colon, index } of json.matchAll(TOKEN)) {
    const kind = colon !== undefined ? "key" : quoted !== undefined ? "string" : "literal";
    parts.push(json.slice(end, index), h("span", { class: `json-${kind}` }, token));
    end = index + token.length;
  }
  return [...parts, json.slice(end)];
}
