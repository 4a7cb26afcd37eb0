// Tables in Markdown, for the documents that runs write.

/**
 * @param {string[]} header
 * @param {(string | number)[][]} rows
 * @param {(column: number) => boolean} [isRight] Which columns hold numbers.
 */
export function table(header, rows, isRight = () => false) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [
    line(header),
    line(header.map((_, column) => (isRight(column) ? "---:" : "---"))),
    ...rows.map(line),
  ].join("\n");
}
