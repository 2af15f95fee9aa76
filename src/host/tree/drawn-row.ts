import { healthOf } from '../../domain/rollout/health.ts';
import { historyOf } from '../../domain/rollout/history.ts';
import { contextRow, contextTooltip, type ContextFacts } from '../../views/tree/context-row.ts';
import { deploymentRow, deploymentTooltip } from '../../views/tree/deployment-row.ts';
import { namespaceRow, namespaceTooltip } from '../../views/tree/namespace-row.ts';
import { podRow, podTooltip } from '../../views/tree/pod-row.ts';
import { revisionRow, revisionTooltip } from '../../views/tree/revision-row.ts';
import type { Sight } from '../../views/tree/row.ts';
import type { Notice } from '../../views/tree/notices.ts';
import type { DrawnRow } from './drawing.ts';
import type { TreeNode } from './nodes.ts';
import { drawnWorkload } from './drawn-workload.ts';
import type { OpenContext } from './open-context.ts';

/** How a node is drawn now; undefined where what it stands for is gone, and its row goes with the next redraw. */
export function drawnRow(
  node: TreeNode,
  open: OpenContext | undefined,
  facts: (context: string) => ContextFacts,
  now: number,
): DrawnRow | undefined {
  const sight = open?.sight(now) ?? { now, staleSince: undefined };
  switch (node.kind) {
    case 'context':
      return drawnContext(facts(node.context), open, sight);
    case 'notice':
      return drawnNotice(node.notice);
    case 'namespace': {
      if (open === undefined) return undefined;
      const outline = open.outline.namespace(node.namespace);
      return {
        row: namespaceRow(node.namespace, outline, sight),
        contextValue: 'namespace',
        folding: node.open ? 'unfolded' : 'folded',
        failing: false,
        tooltip: () => namespaceTooltip(node.namespace, outline, sight),
      };
    }
    case 'deployment':
    case 'revisions':
    case 'pods':
    case 'revision':
    case 'pod':
      return open && drawnRecord(node, open, sight);
    case 'workloads':
    case 'workload':
    case 'workloadPod':
      return open && drawnWorkload(node, open, sight);
  }
}

function drawnRecord(
  node: Extract<TreeNode, { kind: 'deployment' | 'revisions' | 'pods' | 'revision' | 'pod' }>,
  open: OpenContext,
  sight: Sight,
): DrawnRow | undefined {
  const { connection } = open;
  const records = connection.store.records(node.kind === 'deployment' ? node.uid : node.deployment.uid);
  if (records === undefined) return undefined;
  const leaf = { folding: 'none', failing: false } as const;
  switch (node.kind) {
    case 'deployment': {
      const { state } = healthOf(records);
      return {
        row: deploymentRow(records, sight),
        contextValue: `deployment.${state}`,
        folding: 'folded',
        failing: state === 'degraded' && sight.staleSince === undefined,
        tooltip: () => deploymentTooltip(records, sight),
      };
    }
    case 'revisions':
      return drawnGroup('Revisions', 'history', records.replicaSets.length, records.revisionsUnseen);
    case 'pods':
      return drawnGroup('Pods', 'layers', records.pods.length, records.podsUnseen);
    case 'revision': {
      const entry = historyOf(records).find(({ replicaSet }) => replicaSet.uid === node.replicaSetUid);
      if (entry === undefined) return undefined;
      const { current, undoTo } = entry;
      const judgement = open.judgement(entry.replicaSet, records.replicaSets);
      return {
        ...leaf,
        row: revisionRow(entry, records, sight, judgement),
        contextValue: `revision.${current ? 'current' : undoTo === undefined ? 'unreachable' : 'older'}`,
        tooltip: () => revisionTooltip(entry, sight, judgement),
      };
    }
    case 'pod': {
      const pod = records.pods.find(({ uid }) => uid === node.podUid);
      if (pod === undefined) return undefined;
      const owner = records.replicaSets.find(({ uid }) => uid === pod.ownerUid);
      return {
        ...leaf,
        row: podRow(pod, owner?.revision, sight),
        contextValue: 'pod',
        tooltip: () => podTooltip(pod, sight),
      };
    }
  }
}

function drawnContext(facts: ContextFacts, open: OpenContext | undefined, sight: Sight): DrawnRow {
  const state = open?.connection.store.state;
  const error = state !== undefined && 'error' in state ? state.error.message : undefined;
  return {
    row: contextRow(facts, sight),
    contextValue: facts.chosen ? 'context.chosen' : 'context',
    folding: facts.chosen ? 'unfolded' : 'folded',
    failing: false,
    tooltip: () => contextTooltip(facts, sight, error),
  };
}

/** `unseen` tells why they cannot be counted. */
function drawnGroup(
  label: 'Revisions' | 'Pods',
  codicon: string,
  count: number,
  unseen: string | undefined,
): DrawnRow {
  const words = unseen === undefined ? String(count) : 'cannot be seen';
  return {
    row: {
      label,
      description: words,
      icon: { codicon, tone: unseen === undefined ? 'plain' : 'warning' },
      spoken: `${label}, ${words}`,
    },
    contextValue: label.toLowerCase(),
    folding: unseen === undefined ? 'unfolded' : 'none',
    failing: false,
    tooltip: () => ({ title: `${label}: ${words}`, paragraphs: unseen === undefined ? [] : [[unseen]] }),
  };
}

function drawnNotice({ text, hint, icon, tone, command }: Notice): DrawnRow {
  return {
    row: { label: text, description: hint, icon: { codicon: icon, tone }, spoken: `${text} ${hint}`.trim() },
    contextValue: command === undefined ? 'notice' : 'action',
    folding: 'none',
    failing: false,
    ...(command === undefined ? {} : { command }),
    tooltip: () => ({ title: text, paragraphs: [[hint]] }),
  };
}
