// The module in an order that compresses better: operations beside operations, and what belongs to them (locals, labels,
// constants, offsets) each beside its like. A compressor sees far more in that than in instructions one after the other.
// Nothing is lost: `scripts/lib/pack.mjs` has the way back.
import { Stop } from "./run.mjs";

/** In place of an operation: as many bytes as the next one says stand in the stream of the rest. */
export const LITERAL = 0xff;

/** An operation has its alignment behind it, which is 0 and is not written. */
export const ALIGNED = 0x80;

/** The streams: the rest, one for each kind of operand, and the operations, which come last. */
export const REST = 0;
export const OPERATIONS = 11;
const STREAMS = OPERATIONS + 1;

/**
 * Of each operation with operands, the stream in which its only one stands, by ranges of operations.
 *
 * Source: WebAssembly Core Specification, "Binary Format", "Instructions".
 */
const OPERANDS = [
  { first: 0x02, last: 0x04, kind: 1 }, // block, loop, if: types
  { first: 0x0c, last: 0x0d, kind: 2 }, // br, br_if: labels
  { first: 0x10, last: 0x10, kind: 3 }, // call: functions
  { first: 0x20, last: 0x20, kind: 4 }, // local.get
  { first: 0x21, last: 0x21, kind: 5 }, // local.set
  { first: 0x22, last: 0x22, kind: 6 }, // local.tee
  { first: 0x23, last: 0x24, kind: 7 }, // global.get, global.set
  { first: 0x28, last: 0x35, kind: 8 | ALIGNED }, // loads: offsets
  { first: 0x36, last: 0x3e, kind: 9 | ALIGNED }, // stores: offsets
  { first: 0x41, last: 0x42, kind: 10 }, // i32.const, i64.const
];

/** The same by operation. */
export const KINDS = new Uint8Array(256);
for (const { first, last, kind } of OPERANDS) KINDS.fill(kind, first, last + 1);

/** Operations whose operands go with the rest, each with a function that skips them. */
const OTHERS = new Map([
  [0x0e, (reader) => reader.skipNumbers(reader.number() + 1)], // br_table
  [0x11, (reader) => reader.skipNumbers(2)], // call_indirect
  [0x3f, (reader) => reader.skip(1)], // memory.size
  [0x40, (reader) => reader.skip(1)], // memory.grow
  [0x43, (reader) => reader.skip(4)], // f32.const
  [0x44, (reader) => reader.skip(8)], // f64.const
  [0xfc, skipLong],
]);

/** The operations behind 0xfc: saturating conversions, memory.copy, memory.fill. */
function skipLong(reader) {
  const operands = new Map([...Array.from({ length: 8 }, (_, number) => [number, 0]), [10, 2], [11, 1]]);
  const number = reader.number();
  if (!operands.has(number))
    throw new Stop(`the module has operation 0xfc ${number}, unknown to scripts/lib/streams.mjs`);
  reader.skip(operands.get(number));
}

/** Operations without operands: control, parametric and numeric ones. */
const isPlain = (code) =>
  [0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b].includes(code) || (code >= 0x45 && code <= 0xc4);

/** Reads the bytes of a module one after the other. */
class Reader {
  at = 0;

  constructor(bytes) {
    this.bytes = bytes;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** A number in LEB128. What matters of a negative one is where it ends. */
  number() {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  skip(count) {
    this.at += count;
  }

  skipNumbers(count) {
    for (let index = 0; index < count; index += 1) this.number();
  }
}

/** The streams of a module whose loads and stores all have an alignment of 0. */
export function toStreams(bytes) {
  const reader = new Reader(bytes);
  const streams = Array.from({ length: STREAMS }, () => []);
  /** Where what has not been written yet begins. */
  let rest = 0;
  const writeRest = () => {
    while (rest < reader.at) {
      const part = bytes.subarray(rest, Math.min(reader.at, rest + 255));
      streams[OPERATIONS].push(LITERAL, part.length);
      streams[REST].push(...part);
      rest += part.length;
    }
  };
  for (const end of functions(reader)) {
    writeRest();
    while (reader.at < end) {
      const code = reader.byte();
      const kind = KINDS[code];
      if (!kind && !isPlain(code)) {
        const skipOperands = OTHERS.get(code);
        if (!skipOperands)
          throw new Stop(`the module has operation ${code}, unknown to scripts/lib/streams.mjs`);
        skipOperands(reader);
        writeRest();
        continue;
      }
      streams[OPERATIONS].push(code);
      if (kind & ALIGNED && reader.byte() !== 0) throw new Stop("the module has an alignment other than 0");
      const start = reader.at;
      if (kind) reader.number();
      streams[kind & ~ALIGNED].push(...bytes.subarray(start, reader.at));
      rest = reader.at;
    }
  }
  writeRest();
  return streams;
}

/** Leads the reader to the first operation of each function; gives the function's end. */
function* functions(reader) {
  const CODE = 10;
  reader.skip("\0asm".length + 4);
  while (reader.at < reader.bytes.length) {
    const section = reader.byte();
    const size = reader.number();
    if (section !== CODE) {
      reader.skip(size);
      continue;
    }
    for (let left = reader.number(); left > 0; left -= 1) {
      const size = reader.number();
      const end = reader.at + size;
      // The types of the locals: how many there are of each.
      for (let types = reader.number(); types > 0; types -= 1) {
        reader.number();
        reader.skip(1);
      }
      yield end;
    }
  }
}
