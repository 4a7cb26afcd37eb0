// The module as text, in an order that compresses better, and a second module that reads it. `pkg/loader/unpack.js` runs
// that.
import binaryen from "binaryen";
import { unpack } from "../../pkg/loader/unpack.js";
import { Stop } from "./run.mjs";
import { ALIGNED, KINDS, LITERAL, OPERATIONS, REST, toStreams } from "./streams.mjs";

// What stands in the memory of the unpacker, and from where on.
const KINDS_AT = 0;
const CURSORS = KINDS_AT + KINDS.length;
const TEXT = 512;

/**
 * A module as a text of ASCII, with its unpacker in base64 and the address to which that wants the text. The export
 * `unpack` is told the addresses of the text's beginning and end; the module begins at the latter, and ends at what it
 * returns.
 *
 * It is here because it saves more than a kilobyte of what a page loads, which a test measures: a compressor finds more in
 * operations beside operations. A second module puts the bytes back in order: a script that runs for the first time is slow,
 * and that is a loop over every byte.
 *
 * @param {Uint8Array} bytes
 */
export function pack(bytes) {
  const streams = toStreams(bytes);
  const text = spell(streams.flat());
  let at = TEXT;
  const cursors = Uint32Array.from(streams, ({ length }) => {
    at += length;
    return at - length;
  });
  const unpacker = assemble([...KINDS, ...new Uint8Array(cursors.buffer)], text.length + bytes.length);
  const packed = { text, unpacker: Buffer.from(unpacker).toString("base64"), start: TEXT };
  if (Buffer.compare(unpack(packed), bytes) !== 0) throw new Stop("the packed module is not the module");
  return packed;
}

/** How many characters stand for a byte by themselves: the printable ones but for the last two, which add to the next. */
const PAGE = 93;
const FIRST = " ".charCodeAt(0);
const LEADS = ["", "}", "~"];

/** What makes characters of the small numbers, which are the most frequent. */
const MASK = 32;

/**
 * Bytes as printable ASCII: one is one character, or two where it is less frequent.
 *
 * ASCII, because a page in GBK that takes a script without a charset reads every other character wrong. One character for
 * a byte, because a compressor then sees the bytes.
 */
export function spell(bytes) {
  const characters = Array.from({ length: 256 }, (_, byte) => {
    const value = byte ^ MASK;
    return LEADS[Math.floor(value / PAGE)] + String.fromCharCode(FIRST + (value % PAGE));
  });
  return bytes.map((byte) => characters[byte]).join("");
}

/** One function without calls: engines compile it once, and not for speed. */
function assemble(data, size) {
  const pages = Math.ceil((TEXT + size) / 65536);
  const escaped = data.map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  const module = binaryen.parseText(`(module
    (memory (export "memory") ${pages})
    (data (i32.const ${KINDS_AT}) "${escaped}")
    (func (export "unpack") (param $at i32) (param $end i32) (result i32)
      (local $to i32) (local $byte i32) (local $add i32) (local $kind i32) (local $left i32) (local $from i32)
      ${READ}
      ${MERGE}
      (local.get $to)))`);
  module.optimize();
  return module.emitBinary();
}

/** Counts a local up. */
const increment = (local) => `(local.set ${local} (i32.add (local.get ${local}) (i32.const 1)))`;

/** Writes a byte. */
const write = (byte) => `(i32.store8 (local.get $to) ${byte}) ${increment("$to")}`;

/** Turns the text from $at to $end into bytes, in place, up to $to. */
const READ = `
  (local.set $to (local.get $at))
  (loop $character
    (local.set $byte (i32.sub (i32.load8_u (local.get $at)) (i32.const ${FIRST})))
    ${increment("$at")}
    (if (i32.lt_u (local.get $byte) (i32.const ${PAGE}))
      (then
        ${write(`(i32.xor (i32.add (local.get $byte) (local.get $add)) (i32.const ${MASK}))`)}
        (local.set $add (i32.const 0)))
      (else
        (local.set $add
          (i32.mul (i32.sub (local.get $byte) (i32.const ${PAGE - 1})) (i32.const ${PAGE})))))
    (br_if $character (i32.lt_u (local.get $at) (local.get $end))))`;

/** Copies bytes of the stream $kind as long as there are more. */
const copy = (more) => `
  (local.set $kind (i32.shl (local.get $kind) (i32.const 2)))
  (local.set $from (i32.load offset=${CURSORS} (local.get $kind)))
  (loop $more
    (local.set $byte (i32.load8_u (local.get $from)))
    ${increment("$from")}
    ${write("(local.get $byte)")}
    (br_if $more ${more}))
  (i32.store offset=${CURSORS} (local.get $kind) (local.get $from))`;

/**
 * Writes the module behind the text: each operation with what belongs to it. The operations are the last stream, so that
 * they go on from $at to where the bytes of the text end.
 */
const MERGE = `
  (local.set $at (i32.load (i32.const ${CURSORS + 4 * OPERATIONS})))
  (local.set $left (local.get $to))
  (local.set $to (local.get $end))
  (local.set $end (local.get $left))
  (loop $operation
    (local.set $byte (i32.load8_u (local.get $at)))
    ${increment("$at")}
    (if (i32.eq (local.get $byte) (i32.const ${LITERAL}))
      (then
        (local.set $left (i32.load8_u (local.get $at)))
        ${increment("$at")}
        (local.set $kind (i32.const ${REST}))
        ${copy("(local.tee $left (i32.sub (local.get $left) (i32.const 1)))")})
      (else
        ${write("(local.get $byte)")}
        (local.set $kind (i32.load8_u offset=${KINDS_AT} (local.get $byte)))
        (if (i32.ge_u (local.get $kind) (i32.const ${ALIGNED}))
          (then
            ;; Memory behind the text is zero already.
            ${increment("$to")}
            (local.set $kind (i32.sub (local.get $kind) (i32.const ${ALIGNED})))))
        (if (local.get $kind)
          (then ${copy("(i32.ge_u (local.get $byte) (i32.const 128))")}))))
    (br_if $operation (i32.lt_u (local.get $at) (local.get $end))))`;
