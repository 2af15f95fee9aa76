import { historyOf } from '../../domain/rollout/history.ts';
import { contextNotices } from '../../views/tree/notices.ts';
import {
  deploymentNode,
  idOf,
  noticeNode,
  type DeploymentNode,
  type GroupNode,
  type NamespaceNode,
  type TreeNode,
} from './nodes.ts';
import type { OpenContext } from './open-context.ts';

/** With more deployments than these a context's namespaces begin folded, but for its first failing ones. */
const fewDeployments = 100;
const failingUnfolded = 3;

/** What is below a context: what is to say, then its namespaces. */
export function childrenOfContext(open: OpenContext, namespacesSeen: readonly string[]): readonly TreeNode[] {
  const { outline, connection } = open;
  const { store } = connection;
  const { name: context, server } = connection.context;
  const { total, shown } = outline.totals();
  const notices = contextNotices(store.state, { context, server, namespaces: namespacesSeen, total, shown });
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

export function childrenOfNamespace(
  { context, namespace }: NamespaceNode,
  { outline }: OpenContext,
): readonly DeploymentNode[] {
  return outline.namespace(namespace).members.map((member) => deploymentNode(context, member));
}

export function childrenOfDeployment(node: DeploymentNode): readonly GroupNode[] {
  return [
    { kind: 'revisions', id: idOf.group(node, 'revisions'), deployment: node },
    { kind: 'pods', id: idOf.group(node, 'pods'), deployment: node },
  ];
}

export function childrenOfGroup(node: GroupNode, { connection }: OpenContext): readonly TreeNode[] {
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
    case 'revision':
    case 'pod':
    case 'notice':
      return [];
  }
}
