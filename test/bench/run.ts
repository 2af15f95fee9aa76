/** `npm run bench [-- NAME …]`: measures, prints a table, and writes test/bench/results.json. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setUp } from '../../scripts/set-up/set-up.ts';
import { benches } from './benches.ts';
import type { Row } from './row.ts';
import { table } from './table.ts';

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in benches));
if (unknown !== undefined) {
  throw new Error(`There is no bench ${unknown}; there are ${Object.keys(benches).join(', ')}.`);
}
const log = (line: string): void => console.log(`· ${line}`);
await setUp({ go: true, browser: true, vscode: true }, log);
const rows: Row[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  log(`Measuring: ${name}`);
  rows.push(...(await bench(log)));
}
await writeFile(join(import.meta.dirname, 'results.json'), `${JSON.stringify(rows, undefined, 2)}\n`);
console.log(`\n${table(rows)}`);
