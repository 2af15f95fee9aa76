import assert from 'node:assert/strict';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
import { Connections } from '../../../src/cluster/connections.ts';
import { topSource } from '../../../src/host/documents/top-source.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { followed } from '../followed-source.ts';
import { startCluster } from '../../testbed/cluster/start.ts';
import { eventually } from '../../testbed/eventually.ts';
import { deploymentOf } from './workloads.ts';

// Its name puts it last: where metrics-server was never built, the others need not wait for that.
describe('usage through metrics-server', () => {
  let cluster: Cluster;

  before(async function () {
    this.timeout(900_000);
    cluster = await startCluster({ metrics: true, log: (line) => console.log(`    ${line}`) });
  });

  after(async function () {
    this.timeout(20_000);
    await cluster.stop();
  });

  it('is what the pods’ annotations say, as kubectl top prints it', async function () {
    this.timeout(90_000);
    const annotations = { 'kwok.x-k8s.io/usage-cpu': '250m', 'kwok.x-k8s.io/usage-memory': '123Mi' };
    await cluster.apply([deploymentOf('default', 'web', 'web:1.4', { replicas: 1, annotations })]);
    // CPU is worked out from two readings of a counter, whose times are those of a machine under load.
    const isNear = (cpu = '') => Math.abs(Number(/^(\d+)m$/.exec(cpu)?.[1]) - 250) <= 50;
    let top = '';
    await eventually(
      () => `kubectl top to tell its usage; it says ${top}`,
      async () => {
        top = await cluster.kubectl(['top', 'pods', '--no-headers']).catch(String);
        const [name = '', cpu, memory] = top.trim().split(/\s+/);
        return name.startsWith('web-') && isNear(cpu) && memory === '123Mi';
      },
      { limit: 80_000, every: 500 },
    );
  });

  it('is shown by Show Top Pods with the numbers of kubectl top', async function () {
    this.timeout(90_000);
    const connections = new Connections(
      realClock,
      () => cluster.kubeconfig,
      () => true,
    );
    const context = (await connections.kubeconfig()).currentContext ?? '';
    const about = { context, namespace: 'default', kind: 'Deployment', name: 'web' } as const;
    const { text, close } = followed(topSource(connections, realClock, about));
    try {
      // Between two measurements both read the same.
      await eventually(
        'the document to say what kubectl top says',
        async () => {
          const [name = '', cpu = '', memory = ''] = (
            await cluster.kubectl(['top', 'pods', '-n', 'default', '--no-headers'])
          )
            .trim()
            .split(/\s+/);
          return new RegExp(`^${name} +app +${cpu} .* ${memory} `, 'm').test(text());
        },
        { limit: 60_000, every: 1000 },
      );
      assert.match(text(), /● Live · measured \d+ s ago/);
    } finally {
      close();
      connections.dispose();
    }
  });
});
