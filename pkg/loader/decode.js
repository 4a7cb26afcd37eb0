// The way back from the text that scripts/lib/encode.mjs makes of the module.

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decode(text) {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  let add = 0;
  for (let at = 0; at < text.length; at += 1) {
    const value = text.charCodeAt(at) - 32;
    if (value < 93) {
      bytes[length++] = (value + add) ^ 32;
      add = 0;
    } else {
      add = (value - 92) * 93;
    }
  }
  return bytes.subarray(0, length);
}
