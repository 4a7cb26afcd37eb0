// For browsers, bundlers and Node: the module as text inside the script: no second request, nothing for a bundler to lose. scripts/lib/ascii.mjs wrote
// the text; it says why it looks as it does.
import { swaps, text } from "module.ascii";
import { createClient } from "./client.js";

export const client = createClient(() => WebAssembly.compile(decode()));

function decode() {
  /** @type {number[]} What each character stands for. */
  const bytes = [];
  const plain = [];
  for (let code = 32; code < 127; code += 1) {
    if (!/["\\`~]/.test(String.fromCharCode(code))) plain.push(code);
  }
  for (const code of plain) bytes[code] = code;
  for (let at = 0; at < swaps.length; at += 3) {
    bytes[swaps.charCodeAt(at + 2)] = Number.parseInt(swaps.slice(at, at + 2), 16);
  }
  // The bytes without a character of their own, in order: two characters each, the first one an escape.
  const rest = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !bytes.includes(byte));

  const module = new Uint8Array(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const block = code === 126 ? 0 : code === 96 ? plain.length : -1;
    if (block >= 0) at += 1;
    module[length] = /** @type {number} */ (
      block < 0 ? bytes[code] : rest[block + plain.indexOf(text.charCodeAt(at))]
    );
    length += 1;
  }
  return module.subarray(0, length);
}
