/** How many events a second the client library's informer takes in. */
import { CoreV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';
import { finish, options, ready } from './side-process.ts';

const kubeconfig = new KubeConfig();
kubeconfig.loadFromFile(options.kubeconfig);
const core = kubeconfig.makeApiClient(CoreV1Api);
const informer = makeInformer(kubeconfig, '/api/v1/pods', () => core.listPodForAllNamespaces());
let begun: number | undefined;
let events = 0;
informer.on('update', () => {
  begun ??= performance.now();
  events += 1;
  if (events === options.count) finish({ perSecond: (events / (performance.now() - begun)) * 1000 });
});
await informer.start();
ready();
