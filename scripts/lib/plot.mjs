// Small charts as SVG with logarithmic axes, readable on light and dark pages.

const WIDTH = 640;
const HEIGHT = 360;
const MARGIN = { top: 24, right: 150, bottom: 48, left: 72 };
const COLOURS = ["#0b6bcb", "#c2410c", "#6b7280"];

/**
 * @param {{ title: string, xLabel: string, yLabel: string, lines: { name: string, points: [number, number][] }[] }} chart
 */
export function lineChart({ title, xLabel, yLabel, lines }) {
  const points = lines.flatMap((line) => line.points);
  const x = logScale(
    points.map(([value]) => value),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const y = logScale(
    points.map(([, value]) => value),
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  const bottom = HEIGHT - MARGIN.bottom;
  const ticks = [
    ...x.ticks.map((value) => text(x.at(value), bottom + 18, short(value), "middle")),
    ...y.ticks.flatMap((value) => [
      `<path d="M${MARGIN.left} ${y.at(value)}H${WIDTH - MARGIN.right}" stroke="#9ca3af" stroke-opacity=".35"/>`,
      text(MARGIN.left - 8, y.at(value) + 4, short(value), "end"),
    ]),
  ];
  const drawn = lines.map(({ name, points: own }, index) => {
    const colour = COLOURS[index % COLOURS.length];
    const path = own.map(([a, b]) => `${round(x.at(a))} ${round(y.at(b))}`).join("L");
    const [a, b] = own.at(-1) ?? [1, 1];
    const dots = own.map(
      ([c, d]) => `<circle cx="${round(x.at(c))}" cy="${round(y.at(d))}" r="3" fill="${colour}"/>`,
    );
    const label = text(x.at(a) + 10, y.at(b) + 4 + index * 16, name, "start", colour);
    return `<path d="M${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}${label}`;
  });
  const labels = [
    text((MARGIN.left + WIDTH - MARGIN.right) / 2, HEIGHT - 8, xLabel, "middle"),
    text(8, 14, yLabel, "start"),
  ];
  return svg(title, HEIGHT, [...ticks, ...labels, ...drawn].join("\n"));
}

/**
 * Panels of horizontal bars, one below the other, each with a scale of its own.
 *
 * @param {{ title: string, panels: { title: string, unit: string, bars: { name: string, value: number, isOurs: boolean }[] }[] }} chart
 */
export function barChart({ title, panels }) {
  const left = 180;
  let top = 0;
  const drawn = panels.map(({ title: heading, unit, bars }) => {
    const x = logScale(
      bars.map(({ value }) => value),
      left,
      WIDTH - 90,
    );
    const rows = bars.map(({ name, value, isOurs }, index) => {
      const y = top + 32 + index * 20;
      const bar = `<rect x="${left}" y="${y}" width="${round(x.at(value) - left)}" height="14" fill="${COLOURS[isOurs ? 0 : 2]}"/>`;
      return `${text(left - 8, y + 11, name, "end")}${bar}${text(x.at(value) + 6, y + 11, `${short(value)} ${unit}`, "start")}`;
    });
    const head = text(left, top + 20, heading, "start");
    top += 48 + bars.length * 20;
    return [head, ...rows].join("\n");
  });
  return svg(title, top, drawn.join("\n"));
}

function svg(title, height, content) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="system-ui, sans-serif" font-size="12">
<title>${title}</title>
${content}
</svg>
`;
}

function logScale(values, from, to) {
  const least = Math.floor(Math.log10(Math.min(...values)));
  const most = Math.ceil(Math.log10(Math.max(...values)));
  const at = (value) => from + ((Math.log10(value) - least) / (most - least)) * (to - from);
  return { at, ticks: Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index)) };
}

function text(x, y, content, anchor, colour = "#6b7280") {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="${colour}">${content}</text>`;
}

const round = (value) => Math.round(value * 10) / 10;
const short = (value) => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 2 : 0 });
