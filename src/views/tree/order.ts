import type { HealthState } from '../../domain/rollout/health.ts';
import type { WorkloadKind } from '../../domain/rollout/workload-record.ts';
import { byNumber, byText } from '../../domain/rollout/order.ts';

/** How the tree is sorted: failing first, by name, or what changed last first. */
export const sortOrders = ['failing', 'name', 'recent'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** What can be listed: Deployments, and the kinds without rollback as yet. */
export type MemberKind = 'Deployment' | WorkloadKind;

/** What a row's place among its siblings depends on. */
export interface Sortable {
  /** Deployments come before the other kinds, whatever the order. */
  readonly kind: MemberKind;
  readonly name: string;
  readonly state: HealthState;
  /** RFC 3339, in UTC. */
  readonly changedAt: string;
}

/** Compares siblings. Of equal rank the name decides, so that rows do not jump. */
export function compareSiblings(order: SortOrder): (a: Sortable, b: Sortable) => number {
  return (a, b) =>
    byNumber(rank(a), rank(b)) ||
    byText(a.kind, b.kind) ||
    (order === 'failing' ? byNumber(urgency(a), urgency(b)) : 0) ||
    (order === 'recent' ? byText(b.changedAt, a.changedAt) : 0) ||
    byText(a.name, b.name);
}

function rank({ kind }: Sortable): number {
  return kind === 'Deployment' ? 0 : 1;
}

/** Failing ones first, then what moves or stands still on purpose, then the rest. */
function urgency({ state }: Sortable): number {
  return state === 'degraded' ? 0 : state === 'progressing' || state === 'paused' ? 1 : 2;
}
