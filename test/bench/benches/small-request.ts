import { startCluster } from '../../testbed/cluster/start.ts';
import { startGeneratedCluster } from '../../testbed/generated-cluster/start.ts';
import { deploymentOf } from '../../cluster/testbed/workloads.ts';
import { median, row, type Row } from '../row.ts';
import { runSide, type SideOptions } from '../side.ts';

const runs = 3;
const requests = 300;
/** Asked before, by each side alike: an extension host runs for hours, so that its code is compiled. */
const unmeasured = 700;

/**
 * One Deployment read again and again, over TLS, as the users of each side do it: on a real API server, and on a generated
 * one that answers at once. The client library makes a connection for each request, the extension keeps one; its time
 * holds the check of the answer's shape. That connection's raw requests, by nothing but a socket that knows the answers'
 * length, take about half of the extension's time.
 */
export async function smallRequest(log: (line: string) => void): Promise<readonly Row[]> {
  const real = await startCluster({ log });
  const generated = await startGeneratedCluster({ deployments: 10, tls: true });
  try {
    await real.apply([deploymentOf('default', 'web', 'web:1')]);
    return [
      await compared('one request, real API server', { ...real, count: unmeasured + requests }, 0.3, log),
      await compared('one request, generated one', { ...generated, count: unmeasured + requests }, 0.1, log),
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
      const measured = median(result.times.slice(unmeasured));
      all.push(measured);
      const cold = median(result.times.slice(0, requests));
      log(`${name}, ${side}: ${measured.toFixed(2)} ms (the first ${requests}: ${cold.toFixed(2)} ms)`);
    }
  const [ours = 0, theirs = 0] = Object.values(times).map(median);
  return row(name, ours, 'ms', { against: { name: 'client-node', value: theirs }, goal: theirs * most });
}
