import type { RunTarget } from '../../domain/runbook/events.ts';

/** A row of the tree by what it stands for; what it shows is read from the store when it is drawn. */
export type TreeNode =
  | { readonly kind: 'context'; readonly id: string; readonly context: string }
  | { readonly kind: 'namespace'; readonly id: string; readonly context: string; readonly namespace: string }
  | DeploymentNode
  | GroupNode
  | RevisionNode
  | PodNode
  | NoticeNode;

export interface DeploymentNode extends RunTarget {
  readonly kind: 'deployment';
  readonly id: string;
  readonly uid: string;
}

export interface GroupNode {
  readonly kind: 'revisions' | 'pods';
  readonly id: string;
  readonly deployment: DeploymentNode;
}

export interface RevisionNode {
  readonly kind: 'revision';
  readonly id: string;
  readonly deployment: DeploymentNode;
  readonly replicaSetUid: string;
}

export interface PodNode {
  readonly kind: 'pod';
  readonly id: string;
  readonly deployment: DeploymentNode;
  readonly podUid: string;
}

/** Something to say where rows would be: waiting, an error with its hint, nothing there. */
export interface NoticeNode {
  readonly kind: 'notice';
  readonly id: string;
  readonly context: string;
  readonly icon: 'loading~spin' | 'warning' | 'info';
  readonly text: string;
  readonly hint: string;
}

export function deploymentNode(
  context: string,
  record: { namespace: string; name: string; uid: string },
): DeploymentNode {
  const { namespace, name, uid } = record;
  const id = `deployment ${context}/${namespace}/${name}/${uid}`;
  return { kind: 'deployment', id, context, namespace, name, uid };
}

/** Ids begin with the kind of row: a context's name may hold slashes, as those of OpenShift do, and look like another's. */
export const idOf = {
  context: (context: string): string => `context ${context}`,
  namespace: (context: string, namespace: string): string => `namespace ${context}/${namespace}`,
  group: (deployment: DeploymentNode, kind: GroupNode['kind']): string => `${deployment.id}/${kind}`,
};
