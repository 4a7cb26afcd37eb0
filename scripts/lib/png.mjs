// Making pictures of a user interface small: it has few colours.
import { readFileSync, writeFileSync } from "node:fs";
import UPNG from "upng-js";

const COLOURS = 96;

/** Writes a PNG file again, with few colours; leaves it where that makes it no smaller. */
export function shrinkPng(file) {
  const bytes = readFileSync(file);
  const image = UPNG.decode(bytes);
  const [pixels] = UPNG.toRGBA8(image);
  const small = Buffer.from(UPNG.encode([pixels], image.width, image.height, COLOURS));
  if (small.length < bytes.length) writeFileSync(file, small);
}
