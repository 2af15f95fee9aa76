import type { Connection } from '../../cluster/connections.ts';
import { historyOf } from '../../domain/rollout/history.ts';
import type { DeploymentRecords } from '../../domain/rollout/records.ts';
import { compareDeployments, namespacesOf } from '../../views/tree-model.ts';
import {
  deploymentNode,
  idOf,
  type DeploymentNode,
  type GroupNode,
  type NoticeNode,
  type TreeNode,
} from './nodes.ts';

/** The Deployments of a namespace, failing ones first. */
export function recordsIn({ store }: Connection, namespace: string): readonly DeploymentRecords[] {
  return [...store.deployments()]
    .filter((deployment) => deployment.namespace === namespace)
    .flatMap(({ uid }) => store.records(uid) ?? [])
    .toSorted(compareDeployments);
}

/** What is below a context: its namespaces, or why there are none. */
export function childrenOfContext(context: string, connection: Connection): readonly TreeNode[] {
  const { store } = connection;
  const namespaces = namespacesOf(store.deployments());
  const { state } = store;
  const rows = namespaces.map(
    (namespace) =>
      ({ kind: 'namespace', id: idOf.namespace(context, namespace), context, namespace }) as const,
  );
  switch (state.kind) {
    case 'connecting':
      return [...rows, notice(context, 'loading~spin', 'Connecting…', connection.context.server)];
    case 'stale':
      return [notice(context, 'warning', state.error.message, state.error.hint), ...rows];
    case 'refused':
      return [notice(context, 'warning', state.error.message, state.error.hint)];
    case 'live':
      return rows.length > 0
        ? rows
        : [notice(context, 'info', 'No deployments here.', connection.context.server)];
  }
}

export function childrenOfDeployment(node: DeploymentNode): readonly GroupNode[] {
  return [
    { kind: 'revisions', id: idOf.group(node, 'revisions'), deployment: node },
    { kind: 'pods', id: idOf.group(node, 'pods'), deployment: node },
  ];
}

export function childrenOfGroup(node: GroupNode, { store }: Connection): readonly TreeNode[] {
  const { deployment } = node;
  const records = store.records(deployment.uid);
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

export function childrenOfNamespace(
  context: string,
  namespace: string,
  connection: Connection,
): readonly DeploymentNode[] {
  return recordsIn(connection, namespace).map(({ deployment }) => deploymentNode(context, deployment));
}

function notice(context: string, icon: NoticeNode['icon'], text: string, hint: string): NoticeNode {
  return { kind: 'notice', id: `notice ${context}/${icon}`, context, icon, text, hint };
}
