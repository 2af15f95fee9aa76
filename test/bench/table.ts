import type { Row } from './row.ts';

/** The rows as text in columns, numbers to the right. */
export function table(rows: readonly Row[]): string {
  const lines = [
    ['what', 'value', 'unit', 'against', 'ratio', 'goal', 'met'],
    ...rows.map((row) => [
      row.name,
      number(row.value),
      row.unit,
      row.against === null ? '' : `${row.against.name} ${number(row.against.value)}`,
      row.ratio === null ? '' : row.ratio.toFixed(2),
      row.goal === null ? '' : number(row.goal),
      row.met === null ? '' : row.met ? 'yes' : 'NO',
    ]),
  ];
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
