import { healthOfWorkload } from '../../domain/rollout/workload-health.ts';
import { podRow, podTooltip } from '../../views/tree/pod-row.ts';
import type { Sight } from '../../views/tree/row.ts';
import { workloadKindRow, workloadRow, workloadTooltip } from '../../views/tree/workload-row.ts';
import type { DrawnRow } from './drawing.ts';
import type { TreeNode } from './nodes.ts';
import type { OpenContext } from './open-context.ts';

/** How a StatefulSet, DaemonSet or Argo Rollout is drawn, those of its kind, or a pod of it; undefined where it is gone. */
export function drawnWorkload(
  node: Extract<TreeNode, { kind: 'workloads' | 'workload' | 'workloadPod' }>,
  { outline, connection }: OpenContext,
  sight: Sight,
): DrawnRow | undefined {
  if (node.kind === 'workloads') {
    const members = outline
      .namespace(node.namespace)
      .members.filter(({ kind }) => kind === node.workloadKind);
    const row = workloadKindRow(node.workloadKind, members, sight);
    return {
      row,
      contextValue: 'workloads',
      folding: 'folded',
      failing: false,
      tooltip: () => ({
        title: row.label,
        paragraphs: [['Shown with their pods; rolling them back is not supported yet.']],
      }),
    };
  }
  const records = connection.store.workload(node.kind === 'workload' ? node.uid : node.workloadUid);
  if (records === undefined) return undefined;
  if (node.kind === 'workload') {
    const { state } = healthOfWorkload(records);
    return {
      row: workloadRow(records, sight),
      contextValue: `workload.${state}`,
      folding: 'folded',
      failing: state === 'degraded' && sight.staleSince === undefined,
      tooltip: () => workloadTooltip(records, sight),
    };
  }
  const pod = records.pods.find(({ uid }) => uid === node.podUid);
  if (pod === undefined) return undefined;
  return {
    row: podRow(pod, undefined, sight),
    contextValue: 'workloadPod',
    folding: 'none',
    failing: false,
    tooltip: () => podTooltip(pod, sight),
  };
}
