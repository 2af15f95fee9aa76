import { startGeneratedCluster } from '../../testbed/generated-cluster/start.ts';
import { median, row, type Row } from '../row.ts';
import { runSide } from '../side.ts';

const runs = 3;
/** So many that the rate is that of compiled code, on both sides. */
const events = 120_000;

interface Result {
  readonly perSecond: number;
}

/**
 * Changes of pods that come as fast as they are taken: by the extension's store, and by the client library's informer.
 * Shown as the time for one, so that less is better.
 */
export async function watchEvents(log: (line: string) => void): Promise<readonly Row[]> {
  const results: Record<string, number[]> = { store: [], 'client-node': [] };
  for (let run = 0; run < runs; run += 1)
    for (const [name, rates] of Object.entries(results)) {
      const cluster = await startGeneratedCluster({ deployments: 500 });
      try {
        const options = { ...cluster, count: events };
        const { perSecond } = await runSide<Result>(`events-${name}`, options, () =>
          cluster.change(events, 'pods'),
        );
        rates.push(perSecond);
        log(`${name}: ${Math.round(perSecond)} events a second`);
      } finally {
        await cluster.stop();
      }
    }
  const [ours = 0, theirs = 0] = Object.values(results).map((rates) => 1e6 / median(rates));
  return [
    row('one watch event', ours, 'µs', {
      against: { name: 'client-node', value: theirs },
      goal: theirs / 1.8,
    }),
  ];
}
