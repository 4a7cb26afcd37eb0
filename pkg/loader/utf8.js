// UTF-8 where the platform has no TextDecoder and TextEncoder, as in Jest's jsdom.

class Decoder {
  /** @param {Uint8Array} [bytes] */
  decode(bytes = new Uint8Array()) {
    const codes = Array.from(bytes, (byte) => `%${(byte + 256).toString(16).slice(1)}`).join("");
    try {
      return decodeURIComponent(codes);
    } catch {
      return unescape(codes);
    }
  }
}

class Encoder {
  /** @param {string} text */
  encode(text) {
    // Half of a surrogate pair alone has no bytes.
    const whole = text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (found) =>
      found.length > 1 ? found : "\ufffd",
    );
    return Uint8Array.from(unescape(encodeURIComponent(whole)), (character) => character.charCodeAt(0));
  }
}

// Both are called with `new`, too: scripts/lib/glue.mjs puts them in place of the platform's own in the glue.

/** @param {ConstructorParameters<typeof TextDecoder>} args */
export function utf8Decoder(...args) {
  return new (globalThis.TextDecoder || Decoder)(...args);
}

export function utf8Encoder() {
  return new (globalThis.TextEncoder || Encoder)();
}
