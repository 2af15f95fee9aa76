import { oneLine, type Line, type Part } from './page.ts';

const gap = '  ';

/** Rows as lines whose cells stand below one another; `right` names the columns that are aligned at their right. */
export function columns(rows: readonly (readonly Part[])[], right: readonly number[] = []): readonly Line[] {
  const clean = rows.map((row) => row.map(cleaned));
  const widths: number[] = [];
  for (const row of clean)
    for (const [index, cell] of row.slice(0, -1).entries())
      widths[index] = Math.max(widths[index] ?? 0, width(cell));
  for (const index of right)
    for (const row of clean) {
      const cell = row[index];
      // The last column is as wide as its text, unless it is aligned at the right.
      if (cell !== undefined) widths[index] = Math.max(widths[index] ?? 0, width(cell));
    }
  return clean.map((row) =>
    row.flatMap((cell, index): Part[] => {
      const fill = ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell)));
      const before = index === 0 ? '' : gap;
      return right.includes(index) ? [before + fill, cell] : [before, cell, fill];
    }),
  );
}

function cleaned(cell: Part): Part {
  return typeof cell === 'string' ? oneLine(cell) : { ...cell, text: oneLine(cell.text) };
}

function width(cell: Part): number {
  return (typeof cell === 'string' ? cell : cell.text).length;
}
