import { startCluster } from '../../testbed/cluster/start.ts';
import { startGeneratedCluster } from '../../testbed/generated-cluster/start.ts';
import { deploymentOf } from '../../cluster/testbed/workloads.ts';
import { median, row, type Row } from '../row.ts';
import { runSide, type SideOptions } from '../side.ts';

const runs = 3;
const requests = 300;

/** One Deployment read again and again, over TLS: on a real API server, and on a generated one that answers at once. */
export async function smallRequest(log: (line: string) => void): Promise<readonly Row[]> {
  const real = await startCluster({ log });
  const generated = await startGeneratedCluster({ deployments: 10, tls: true });
  try {
    await real.apply([deploymentOf('default', 'web', 'web:1')]);
    return [
      await compared('one request, real API server', { ...real, count: requests }, 0.3, log),
      await compared('one request, generated one', { ...generated, count: requests }, 0.1, log),
    ];
  } finally {
    await generated.stop();
    await real.stop();
  }
}

async function compared(
  name: string,
  options: SideOptions,
  most: number,
  log: (line: string) => void,
): Promise<Row> {
  const times: Record<string, number[]> = { transport: [], 'client-node': [] };
  for (let run = 0; run < runs; run += 1)
    for (const [side, all] of Object.entries(times)) {
      const result = await runSide<{ readonly times: readonly number[] }>(`request-${side}`, options);
      all.push(median(result.times));
      log(`${name}, ${side}: ${median(result.times).toFixed(2)} ms`);
    }
  const [ours = 0, theirs = 0] = Object.values(times).map(median);
  return row(name, ours, 'ms', { against: { name: 'client-node', value: theirs }, goal: theirs * most });
}
