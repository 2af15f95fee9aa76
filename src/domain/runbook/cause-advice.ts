import { podCause } from '../rollout/pod-cause.ts';
import type { PodProblemKind, PodRecord } from '../rollout/records.ts';
import type { Advice } from './checks.ts';

const looks: Readonly<Record<PodProblemKind, Pick<Advice, 'words' | 'action'>>> = {
  crashLoop: {
    words: 'Its program ends again and again: the last lines of the run before say why.',
    action: 'showLogs',
  },
  outOfMemory: {
    words: 'It needs more memory than its limit: compare what the pods use with their limits and requests.',
    action: 'showTopPods',
  },
  imagePull: {
    words: 'Look whether the registry has the image, and whether its name and pull secret are right.',
    action: 'describePod',
  },
  configuration: {
    words: 'What it needs of ConfigMaps and Secrets is not there: make it again, or put the name right.',
    action: 'describePod',
  },
  startError: {
    words:
      'The container cannot be started: the description shows its command, its mounts and the kubelet’s answer.',
    action: 'describePod',
  },
  evicted: {
    words:
      'Its node ran out of something and ended it: compare its limits and requests with what the node has.',
    action: 'describePod',
  },
  failed: { words: 'The pod ended for good: its last lines say why.', action: 'showLogs' },
  nodeLost: {
    words: 'Its node does not answer: another one gets the pod once the cluster gives it up.',
    action: 'describePod',
  },
  unschedulable: {
    words: 'No node takes it: compare its requests with what the nodes have left (kubectl top nodes).',
    action: 'describePod',
  },
  notReady: {
    words:
      'It runs, and its probe does not pass: see what it logs, and whether the probe asks the right port and path.',
    action: 'showLogs',
  },
};

/** What to do about pods with the same problem. `rolledBack`: their revision is the one that was put back. */
export function causeAdvice(
  rolledBack: boolean,
  kind: PodProblemKind,
  pods: readonly PodRecord[],
): readonly Advice[] {
  const [pod] = pods;
  if (pod === undefined) return [];
  const others = pods.length === 1 ? '' : `, and ${pods.length - 1} more`;
  const cause = `${pod.name}${others}: ${podCause(pod)}.`;
  if (kind === 'imagePull' && rolledBack) {
    const words = `${cause} The image is gone, or may not be pulled: rebuild it under this name, or choose a revision whose image is there.`;
    return [{ words, action: 'describePod', target: pod.name }];
  }
  const { words, action } = looks[kind];
  const look: Advice = {
    words: `${cause} ${words}`,
    target: pod.name,
    ...(action === undefined ? {} : { action }),
  };
  if (action === 'describePod' || action === 'showTopPods') return [look];
  const describe = `Describe ${pod.name}: its image, limits and requests, and its last events.`;
  return [look, { words: describe, action: 'describePod', target: pod.name }];
}

/** Problems that a node can be the cause of. */
const nodeKinds: ReadonlySet<PodProblemKind | undefined> = new Set<PodProblemKind>([
  'evicted',
  'nodeLost',
  'outOfMemory',
]);

/** What is known of the nodes of pods that are not ready; `nodes` as in `Trouble`. */
export function nodeAdvice(
  nodes: ReadonlyMap<string, string>,
  stuck: readonly PodRecord[],
): readonly Advice[] {
  const byNode = Map.groupBy(stuck, ({ node }) => node ?? '');
  return [...byNode].flatMap(([node, pods]): readonly Advice[] => {
    if (node === '') return [];
    const trouble = nodes.get(node);
    const count = pods.length === 1 ? `${pods[0]?.name} is` : `${pods.length} of these pods are`;
    if (trouble === undefined)
      return pods.some(({ problem }) => nodeKinds.has(problem?.kind))
        ? [
            {
              words: `Whether node ${node}, where ${count}, is under pressure cannot be read from here: kubectl top nodes.`,
            },
          ]
        : [];
    return trouble === ''
      ? []
      : [
          {
            words: `Node ${node}, where ${count}, has trouble of its own: ${trouble}. They may fail for that, in any version.`,
          },
        ];
  });
}
