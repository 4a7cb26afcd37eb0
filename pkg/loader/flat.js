// Values in the form that the core reads where they stand: src/core/json.rs has the table of marks.

const END = "\0";
const TEXT = "\x01";
const NUMBER = "\x02";
const WORD = "\x03";
const ARRAY = "\x04";
const OBJECT = "\x05";
const DOCUMENT = "\x06";

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the marks.
const MARK = /[\0-\x06]/;

/**
 * Writes a value that JSON could hold. Members that are `undefined` are left out.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function flat(value) {
  if (typeof value === "string") {
    const document = read(value);
    return document ? DOCUMENT + plain(value) + document : TEXT + plain(value);
  }
  // An integer beyond these has lost digits: it is nothing that could be an id.
  if (typeof value === "number") return (Math.abs(value) < 2 ** 53 ? NUMBER : WORD) + value;
  if (typeof value !== "object" || value === null) return WORD + value;
  if (Array.isArray(value)) return ARRAY + value.map(flat).join("") + END;
  const record = /** @type {Record<string, unknown>} */ (value);
  let members = OBJECT;
  for (const name of Object.keys(record)) {
    const member = record[name];
    if (member !== undefined) members += TEXT + plain(name) + flat(member);
  }
  return members + END;
}

/**
 * What a text holds where it is a JSON object. None where it is not, or nests deeper than the stack.
 *
 * @param {string} text
 */
function read(text) {
  if (!text.trimStart().startsWith("{")) return undefined;
  try {
    return flat(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** @param {string} text */
function plain(text) {
  // Nearly always there is none, and to look is cheaper than to replace.
  return MARK.test(text) ? text.split(MARK).join("\ufffd") : text;
}
