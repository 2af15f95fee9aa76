/** One small request after the other, by the client library: a Deployment. */
import { AppsV1Api, KubeConfig } from '@kubernetes/client-node';
import { finish, options } from './side-process.ts';

const kubeconfig = new KubeConfig();
kubeconfig.loadFromFile(options.kubeconfig);
const apps = kubeconfig.makeApiClient(AppsV1Api);
const { items } = await apps.listDeploymentForAllNamespaces({ limit: 1 });
const { namespace = '', name = '' } = items[0]?.metadata ?? {};
const times: number[] = [];
for (let each = 0; each < options.count; each += 1) {
  const begun = performance.now();
  await apps.readNamespacedDeployment({ namespace, name });
  times.push(performance.now() - begun);
}
finish({ times });
