/** One small request after the other, by the extension's own transport: a Deployment. */
import { readDeployment } from '../../../src/cluster/reads/deployments.ts';
import { ownTransport } from './connection.ts';
import { finish, options } from './side-process.ts';

const transport = await ownTransport();
const { items } = JSON.parse(await transport.get('/apis/apps/v1/deployments', { limit: '1' }));
const name = { namespace: items[0].metadata.namespace, name: items[0].metadata.name };
const times: number[] = [];
for (let each = 0; each < options.count; each += 1) {
  const begun = performance.now();
  await readDeployment(transport, name);
  times.push(performance.now() - begun);
}
finish({ times });
