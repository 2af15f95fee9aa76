import { median, row, type Row } from '../row.ts';
import { runSide } from '../side.ts';

const runs = 3;
const lines = 600_000;

interface Result {
  readonly usPerLine: number;
  readonly peakMb: number;
}

/**
 * The log merge of 300 streams: lines that come at 100,000 a second, through a log session, made harmless and in time order, as
 * they come; against gathering all of them and sorting once. Shown as the time for one line, so that less is better.
 */
export async function logMerge(log: (line: string) => void): Promise<readonly Row[]> {
  const ours: Result[] = [];
  const sorted: Result[] = [];
  const options = { server: '', kubeconfig: '', count: lines };
  for (let run = 0; run < runs; run += 1)
    for (const [name, results] of [
      ['logs-session', ours],
      ['logs-sort', sorted],
    ] as const) {
      const result = await runSide<Result>(name, options);
      results.push(result);
      const perSecond = Math.round(1e6 / result.usPerLine).toLocaleString('en');
      log(`${name}: ${perSecond} lines a second, ${Math.round(result.peakMb)} MB`);
    }
  const middle = (results: readonly Result[], of: keyof Result) => median(results.map((one) => one[of]));
  const sort = (of: keyof Result) => ({ name: 'sort of all', value: middle(sorted, of) });
  return [
    row('log merge of 300 streams, one line', middle(ours, 'usPerLine'), 'µs', {
      against: sort('usPerLine'),
      goal: 10,
    }),
    row('log merge of 300 streams, memory', middle(ours, 'peakMb'), 'MB', {
      against: sort('peakMb'),
      goal: middle(sorted, 'peakMb'),
    }),
  ];
}
