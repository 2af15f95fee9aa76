import type { RunTarget } from '../../domain/runbook/events.ts';
import type { WorkloadKind } from '../../domain/rollout/workload-record.ts';
import type { Notice } from '../../views/tree/notices.ts';

/** A row of the tree by what it stands for; what it shows is read from the store when it is drawn. */
export type TreeNode =
  | ContextNode
  | NamespaceNode
  | DeploymentNode
  | GroupNode
  | RevisionNode
  | PodNode
  | WorkloadKindNode
  | WorkloadNode
  | WorkloadPodNode
  | NoticeNode;

export interface ContextNode {
  readonly kind: 'context';
  readonly id: string;
  readonly context: string;
}

export interface NamespaceNode {
  readonly kind: 'namespace';
  readonly id: string;
  readonly context: string;
  readonly namespace: string;
  /** Whether it is unfolded when it is first shown. */
  readonly open: boolean;
}

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

/** The StatefulSets, DaemonSets or Argo Rollouts of a namespace. */
export interface WorkloadKindNode {
  readonly kind: 'workloads';
  readonly id: string;
  readonly context: string;
  readonly namespace: string;
  readonly workloadKind: WorkloadKind;
}

/** One of them. It has no revisions here: it cannot be rolled back yet. */
export interface WorkloadNode {
  readonly kind: 'workload';
  readonly id: string;
  readonly context: string;
  readonly namespace: string;
  readonly uid: string;
}

export interface WorkloadPodNode {
  readonly kind: 'workloadPod';
  readonly id: string;
  readonly context: string;
  readonly workloadUid: string;
  readonly podUid: string;
}

/** Something to say where rows would be: waiting, an error, nothing there, or what to do about it. */
export interface NoticeNode {
  readonly kind: 'notice';
  readonly id: string;
  readonly context: string;
  readonly notice: Notice;
}

export function deploymentNode(
  context: string,
  { namespace, name, uid }: { readonly namespace: string; readonly name: string; readonly uid: string },
): DeploymentNode {
  return {
    kind: 'deployment',
    id: idOf.deployment(context, namespace, name, uid),
    context,
    namespace,
    name,
    uid,
  };
}

export function noticeNode(context: string, notice: Notice): NoticeNode {
  // Its words are part of its id: a notice that says something else is another row.
  const { key, text, hint } = notice;
  return { kind: 'notice', id: `notice ${context}/${key} ${text} ${hint}`, context, notice };
}

/** Ids begin with the kind of row: a context's name may hold slashes, as those of OpenShift do, and look like another's. */
export const idOf = {
  context: (context: string): string => `context ${context}`,
  namespace: (context: string, namespace: string): string => `namespace ${context}/${namespace}`,
  deployment: (context: string, namespace: string, name: string, uid: string): string =>
    `deployment ${context}/${namespace}/${name}/${uid}`,
  workloads: (context: string, namespace: string, kind: WorkloadKind): string =>
    `workloads ${context}/${namespace}/${kind}`,
  workload: (context: string, namespace: string, uid: string): string =>
    `workload ${context}/${namespace}/${uid}`,
  group: (deployment: DeploymentNode, kind: GroupNode['kind']): string => `${deployment.id}/${kind}`,
};

/** The context that a row belongs to. */
export function contextOf(node: TreeNode): string {
  return 'context' in node ? node.context : node.deployment.context;
}
