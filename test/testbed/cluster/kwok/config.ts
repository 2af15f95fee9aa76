import { initContainerStages } from './init-container.ts';
import { jobStages } from './jobs.ts';
import { usageMetrics } from './metrics.ts';
import { nodeStages } from './nodes.ts';
import { podStages } from './pods.ts';
import { restartingStages } from './restarting.ts';
import { waitingStages } from './waiting.ts';

export interface KwokOptions {
  /** Where the nodes' kubelet answers, on loopback. */
  readonly kubeletPort: number;
  /** Whether nodes tell how much their containers use. */
  readonly metrics: boolean;
}

/** The text of kwok's configuration file: YAML documents, written as the JSON that YAML includes. */
export function kwokConfig(options: KwokOptions): string {
  const documents = [
    configuration,
    ...nodeStages(options.kubeletPort),
    ...podStages(),
    ...restartingStages(),
    ...waitingStages(),
    ...initContainerStages(),
    ...jobStages(),
    ...(options.metrics ? usageMetrics() : []),
  ];
  return documents.map((document) => JSON.stringify(document)).join('\n---\n');
}

/** kwok fills in no default once a KwokConfiguration is given: a parallelism that is left out is 0, an error. */
const configuration = {
  apiVersion: 'config.kwok.x-k8s.io/v1alpha1',
  kind: 'KwokConfiguration',
  options: {
    // Its exec would run commands on this machine; logs come from the test bed's own kubelet.
    enableDebuggingHandlers: false,
    manageAllNodes: true,
    nodeLeaseDurationSeconds: 40,
    podPlayStageParallelism: 16,
    nodePlayStageParallelism: 4,
    nodeLeaseParallelism: 4,
    podsOnNodeSyncParallelism: 4,
    enablePodsOnNodeSyncStreamWatch: true,
  },
};
