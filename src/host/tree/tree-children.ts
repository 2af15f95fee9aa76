import type { StoreScope } from '../../cluster/store/store-state.ts';
import { historyOf } from '../../domain/rollout/history.ts';
import { byText } from '../../domain/rollout/order.ts';
import type { WorkloadKind } from '../../domain/rollout/workload-record.ts';
import { contextNotices } from '../../views/tree/notices.ts';
import { kubectlFileSetting } from '../settings.ts';
import {
  deploymentNode,
  idOf,
  noticeNode,
  type DeploymentNode,
  type GroupNode,
  type NamespaceNode,
  type TreeNode,
  type WorkloadKindNode,
  type WorkloadNode,
  type WorkloadPodNode,
} from './nodes.ts';
import type { OpenContext } from './open-context.ts';

/** With more deployments than these a context's namespaces begin folded, but for its first failing ones. */
const fewDeployments = 100;
const failingUnfolded = 3;

/** What is below a context: what is to say, then its namespaces. */
function childrenOfContext(open: OpenContext, namespacesSeen: readonly string[]): readonly TreeNode[] {
  const { outline, connection } = open;
  const { store } = connection;
  const { name: context, server, user } = connection.context;
  const { total, shown } = outline.totals();
  const { scope } = store;
  const notices = contextNotices(store.state, {
    context,
    kubeconfig: kubectlFileSetting(),
    server,
    namespaces: namespacesSeen,
    total,
    shown,
    unseen: unseenWords(scope),
    leftOut: scope.kind === 'namespaces' ? scope.leftOut : 0,
    loggingInAs: open.isLoggingIn ? user : undefined,
  });
  const rows = store.state.kind === 'refused' ? [] : outline.namespaces();
  return [
    ...notices.map((notice) => noticeNode(context, notice)),
    ...rows.map((namespace, index): NamespaceNode => {
      const { members, failing } = outline.namespace(namespace);
      const open =
        shown <= fewDeployments ||
        (failing > 0 && index < failingUnfolded && members.length <= fewDeployments);
      return { kind: 'namespace', id: idOf.namespace(context, namespace), context, namespace, open };
    }),
  ];
}

function unseenWords(scope: StoreScope): readonly string[] {
  const unseen = scope.kind === 'cluster' ? scope.unseen : scope.namespaces.flatMap((one) => [...one.unseen]);
  return [...new Set(unseen.map(({ words }) => words))];
}

function childrenOfNamespace(
  { context, namespace }: NamespaceNode,
  { outline }: OpenContext,
): readonly TreeNode[] {
  const { members } = outline.namespace(namespace);
  const kinds = new Set<WorkloadKind>();
  for (const { kind } of members) if (kind !== 'Deployment') kinds.add(kind);
  return [
    ...members.filter(({ kind }) => kind === 'Deployment').map((member) => deploymentNode(context, member)),
    ...[...kinds].map((workloadKind) => ({
      kind: 'workloads' as const,
      id: idOf.workloads(context, namespace, workloadKind),
      context,
      namespace,
      workloadKind,
    })),
  ];
}

function childrenOfWorkloads(
  { context, namespace, workloadKind }: WorkloadKindNode,
  { outline }: OpenContext,
): readonly WorkloadNode[] {
  return outline
    .namespace(namespace)
    .members.filter(({ kind }) => kind === workloadKind)
    .map(({ uid }) => ({
      kind: 'workload',
      id: idOf.workload(context, namespace, uid),
      context,
      namespace,
      uid,
    }));
}

function childrenOfWorkload(node: WorkloadNode, { connection }: OpenContext): readonly WorkloadPodNode[] {
  const pods = connection.store.workload(node.uid)?.pods ?? [];
  return pods
    .toSorted((a, b) => byText(a.name, b.name))
    .map(({ uid }) => ({
      kind: 'workloadPod',
      id: `${node.id}/${uid}`,
      context: node.context,
      workloadUid: node.uid,
      podUid: uid,
    }));
}

function childrenOfDeployment(node: DeploymentNode): readonly GroupNode[] {
  return [
    { kind: 'revisions', id: idOf.group(node, 'revisions'), deployment: node },
    { kind: 'pods', id: idOf.group(node, 'pods'), deployment: node },
  ];
}

function childrenOfGroup(node: GroupNode, { connection }: OpenContext): readonly TreeNode[] {
  const { deployment } = node;
  const records = connection.store.records(deployment.uid);
  if (records === undefined) return [];
  const history = historyOf(records);
  if (node.kind === 'revisions')
    return history.map(({ replicaSet: { uid } }) => ({
      kind: 'revision',
      id: `${node.id}/${uid}`,
      deployment,
      replicaSetUid: uid,
    }));
  return history.flatMap(({ pods }) =>
    pods.map(({ uid }): TreeNode => ({ kind: 'pod', id: `${node.id}/${uid}`, deployment, podUid: uid })),
  );
}

/** What is below any row of an open context. */
export function childrenOf(
  node: TreeNode,
  open: OpenContext,
  namespacesSeen: readonly string[],
): readonly TreeNode[] {
  switch (node.kind) {
    case 'context':
      return childrenOfContext(open, namespacesSeen);
    case 'namespace':
      return childrenOfNamespace(node, open);
    case 'deployment':
      return childrenOfDeployment(node);
    case 'revisions':
    case 'pods':
      return childrenOfGroup(node, open);
    case 'workloads':
      return childrenOfWorkloads(node, open);
    case 'workload':
      return childrenOfWorkload(node, open);
    case 'revision':
    case 'pod':
    case 'workloadPod':
    case 'notice':
      return [];
  }
}
