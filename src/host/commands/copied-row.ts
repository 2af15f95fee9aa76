import type { TreeNode } from '../tree/nodes.ts';
import type { Surroundings } from './command.ts';
import { pickDeployment } from './pick-deployment.ts';

/** What a row can be copied as. */
export interface CopiedRow {
  readonly name: string;
  /** Undefined for what is in no namespace. */
  readonly namespace: string | undefined;
  readonly images: readonly string[];
}

/** Given by a keybinding: the row that is selected in the tree. */
const selected = 'selected';

/** The names and images of the row that a command was asked for; from the palette, of a deployment that is chosen now. */
export async function copiedRow(
  { tree, connections }: Surroundings,
  argument: unknown,
  title: string,
): Promise<CopiedRow | undefined> {
  const node = argument === selected ? tree.selected : tree.known(argument);
  if (node !== undefined) return rowOf(node, connections);
  const target = await pickDeployment(connections, title);
  if (target === undefined) return undefined;
  const { context, namespace, name } = target;
  const found = connections.existing(context)?.store.find(namespace, name);
  return { name, namespace, images: (found?.deployment.images ?? []).map(({ image }) => image) };
}

function rowOf(node: TreeNode, connections: Surroundings['connections']): CopiedRow | undefined {
  switch (node.kind) {
    case 'context':
      return { name: node.context, namespace: undefined, images: [] };
    case 'namespace':
      return { name: node.namespace, namespace: undefined, images: [] };
    case 'workload': {
      const workload = connections.existing(node.context)?.store.workload(node.uid)?.workload;
      return workload && copied(workload, workload.images);
    }
    case 'workloadPod': {
      const pods = connections.existing(node.context)?.store.workload(node.workloadUid)?.pods;
      const pod = pods?.find(({ uid }) => uid === node.podUid);
      return pod && copied(pod, []);
    }
    case 'deployment':
    case 'revision':
    case 'revisions':
    case 'pod':
    case 'pods':
      return ofDeployment(node, connections);
    case 'workloads':
    case 'notice':
      return undefined;
  }
}

function ofDeployment(
  node: Extract<TreeNode, { kind: 'deployment' | 'revision' | 'revisions' | 'pod' | 'pods' }>,
  connections: Surroundings['connections'],
): CopiedRow | undefined {
  const { context, uid } = node.kind === 'deployment' ? node : node.deployment;
  const records = connections.existing(context)?.store.records(uid);
  if (records === undefined) return undefined;
  if (node.kind === 'revision') {
    const set = records.replicaSets.find(({ uid: found }) => found === node.replicaSetUid);
    return set && copied(set, set.images);
  }
  if (node.kind === 'pod') {
    const pod = records.pods.find(({ uid: found }) => found === node.podUid);
    const set = records.replicaSets.find(({ uid: found }) => found === pod?.ownerUid);
    return pod && copied(pod, set?.images ?? []);
  }
  return copied(records.deployment, records.deployment.images);
}

function copied(
  { name, namespace }: { readonly name: string; readonly namespace: string },
  images: readonly { readonly image: string }[],
): CopiedRow {
  return { name, namespace, images: images.map(({ image }) => image) };
}
