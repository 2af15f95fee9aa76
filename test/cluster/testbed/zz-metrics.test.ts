import assert from 'node:assert/strict';
import type { Cluster } from '../../testbed/cluster/cluster.ts';
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
    const top = await eventually(
      'kubectl top to know the pod',
      async () => {
        const output = await cluster.kubectl(['top', 'pods', '--no-headers']).catch(String);
        return output.startsWith('web-') && output;
      },
      { limit: 80_000, every: 500 },
    );
    const [, cpu, memory] = top.trim().split(/\s+/);
    const milli = Number(/^(\d+)m$/.exec(cpu ?? '')?.[1]);
    assert.ok(Math.abs(milli - 250) <= 3, `${cpu} of CPU`);
    assert.equal(memory, '123Mi');
  });
});
