const SVG = "http://www.w3.org/2000/svg";

/** Strokes on a grid of 16 by 16. */
const PATHS = {
  logo: "M2 9.5h12v4.5H2zM11.5 11.8h.01M8 7.5V2M5.5 4.3 8 2l2.5 2.3",
  disk: "M3 3.5h10v9H3zM3 9.5h10M10.5 11h.01",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  check: "m3.5 8.5 3 3 6-7",
  alert: "M8 2.5 14.5 13.5h-13zM8 6.5v3M8 11.6h.01",
  cross: "m4 4 8 8m0-8-8 8",
  copy: "M6 6h7v7H6zM3.5 10V3.5H10",
  refresh: "M13 8a5 5 0 1 1-1.5-3.6M13 2.5v3h-3",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5V11M8 5.1h.01",
  chevron: "m4.5 6.5 3.5 3.5 3.5-3.5",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6",
  wire: "M2 5.5h10m-3-3 3 3-3 3M14 11H4m3-3-3 3 3 3",
  globe: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM2 8h12M8 2c4 3.6 4 8.4 0 12M8 2c-4 3.6-4 8.4 0 12",
  contrast: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 2v12M8 5.5h4.8M8 8h5.6M8 10.5h4.8",
  undo: "M5.5 3 2.5 6l3 3M2.5 6h7a3.5 3.5 0 0 1 0 7H6",
} as const;

export type IconName = keyof typeof PATHS;

/** A decoration: hidden from screen readers, so the text beside it has to say the same. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
