import { type Call, codeOf } from "../code.ts";
import { h, setText, type View } from "../dom.ts";
import { icon } from "../icons.ts";
import { text } from "../language.ts";
import type { Announcer } from "../model.ts";
import { copyButton } from "./parts.ts";

/** The code that does it, to be opened and copied. */
export function createCode(announcer: Announcer): View<Call> & { close(): void } {
  const words = text.dialog;
  const code = h("pre", {
    class: "code-block",
    tabindex: "0",
    "aria-label": words.code,
    "data-testid": "code",
  });
  const copy = copyButton(text.copy.code, () => code.textContent ?? "", announcer, {
    "data-testid": "copy-code",
  });
  const line = h("summary", { class: "code-line" }, icon("chevron"), h("span", {}, words.code));
  const details = h("details", { "data-testid": "code-details" }, line, code);
  return {
    element: h("div", { class: "code" }, details, copy),
    update: (call) => setText(code, codeOf(call)),
    close: () => {
      details.open = false;
    },
  };
}
