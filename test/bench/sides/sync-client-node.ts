/** Everything once, by the client library's lists. */
import { AppsV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { measureSync, options } from './side-process.ts';

const kubeconfig = new KubeConfig();
kubeconfig.loadFromFile(options.kubeconfig);
const apps = kubeconfig.makeApiClient(AppsV1Api);
const core = kubeconfig.makeApiClient(CoreV1Api);
await measureSync(async () => {
  const answers = await Promise.all([
    apps.listDeploymentForAllNamespaces(),
    apps.listReplicaSetForAllNamespaces(),
    core.listPodForAllNamespaces(),
  ]);
  return () => answers.reduce((sum, { items }) => sum + items.length, 0);
});
