import type { Health } from '../../domain/rollout/health.ts';
import { healthOf } from '../../domain/rollout/health.ts';
import { currentRecord, historyOf, type RevisionEntry } from '../../domain/rollout/history.ts';
import type { RevisionVerdict } from '../../domain/rollout/known-good.ts';
import { type Recommendation, recommendedRevision } from '../../domain/rollout/recommended-revision.ts';
import type { DeploymentRecords, ReplicaSetRecord } from '../../domain/rollout/records.ts';
import type { KubectlPlace } from '../../domain/kubectl-place.ts';
import { recordedChecklist } from '../../domain/report/recorded-checklist.ts';
import { checklist, type ChecklistItem } from '../../domain/runbook/checklist.ts';
import type { CheckResult } from '../../domain/runbook/checks.ts';
import type { RevisionRef } from '../../domain/runbook/events.ts';
import { presentOf } from '../../domain/runbook/present.ts';
import { previousRevision, revisionRef } from '../../domain/runbook/previous-revision.ts';
import type { SmokeTest } from '../../domain/runbook/smoke-test.ts';
import { isSuperseded } from '../../domain/runbook/superseded.ts';
import type { RunState } from '../../domain/runbook/state.ts';
import type { FigureBaseline } from '../../domain/figures/baseline.ts';
import type { FigureSample } from '../../domain/figures/sample.ts';

/** What the panel is made from: the run, the cluster as it is seen now, and the settings. */
export interface PanelInput {
  readonly run: RunState;
  /** Undefined while the cluster is not known yet, or the deployment is gone. */
  readonly records: DeploymentRecords | undefined;
  readonly store:
    | { readonly kind: 'connecting' | 'live' }
    /** `since`: RFC 3339; undefined where nothing was ever seen. */
    | { readonly kind: 'stale'; readonly since: string | undefined; readonly reason: string };
  /** The file that the setting names, for commands; undefined where kubectl finds the same by itself. */
  readonly kubeconfig: string | undefined;
  readonly cluster: string;
  readonly server: string;
  readonly user: string;
  readonly health: CheckResult | undefined;
  readonly critical: CheckResult | undefined;
  readonly endpoints: { readonly health: string | undefined; readonly critical: readonly string[] };
  /** What is run after the rollback; undefined where nothing is set. */
  readonly smokeTest?: SmokeTest | undefined;
  readonly readyWithinSeconds: number;
  readonly protected: boolean;
  readonly readOnly: boolean;
  readonly verifying: boolean;
  /** What was seen of a revision while it was watched; undefined where nothing is remembered. */
  verdict?(replicaSet: ReplicaSetRecord): RevisionVerdict;
  /** What was recorded of its figures; undefined where nothing is. */
  readonly figures?: PanelFigures | undefined;
  /** RFC 3339. */
  readonly now: string;
}

export interface PanelFigures {
  /** Oldest first. */
  readonly samples: readonly FigureSample[];
  /** The state before the rollback, or before now; undefined where nothing was recorded of it. */
  readonly baseline: FigureBaseline | undefined;
  /** Why CPU and memory are not measured, in two words. */
  readonly usageMissing: string | undefined;
}

/** What several parts of the panel need, worked out once. */
export interface PanelFacts extends PanelInput {
  /** What the commands of the panel depend on. */
  readonly place: KubectlPlace & { readonly namespace: string };
  readonly condition: Health | undefined;
  readonly history: readonly RevisionEntry[];
  readonly current: RevisionRef | undefined;
  /** What an undo without a number would put back. */
  readonly previous: RevisionRef | undefined;
  /** The revision to go back to, and why; undefined where there is none. */
  readonly recommended: Recommendation | undefined;
  readonly items: readonly ChecklistItem[];
  /** The rollback is written, and the rollout has not been seen to end. */
  readonly rollingBack: boolean;
  /** Somebody has deployed another revision since the rollback ended. */
  readonly superseded: boolean;
}

export function panelFacts(input: PanelInput): PanelFacts {
  const { records, run } = input;
  const history = records === undefined ? [] : historyOf(records);
  const current = records === undefined ? undefined : currentRecord(records.deployment, records.replicaSets);
  const previousRef = records && previousRevision(records);
  const { rollback } = run;
  return {
    ...input,
    place: { namespace: run.target.namespace, context: run.target.context, kubeconfig: input.kubeconfig },
    condition: records === undefined ? undefined : healthOf(records),
    history,
    current: current && revisionRef(current),
    previous: previousRef,
    recommended: recommendedRevision(history, (replicaSet) => input.verdict?.(replicaSet) ?? unknown),
    superseded: records !== undefined && isSuperseded(run, records),
    // What an ended run says stays as it is.
    items: run.end === undefined ? itemsNow(input, previousRef) : recordedChecklist(run, run.end.at),
    rollingBack:
      rollback !== undefined && rollback.outcome?.kind !== 'notApplied' && rollback.end === undefined,
  };
}

function itemsNow(
  { run, records, store, now, health, critical, figures }: PanelInput,
  previous: RevisionRef | undefined,
): readonly ChecklistItem[] {
  const isSeen = store.kind === 'live' || (store.kind === 'stale' && store.since !== undefined);
  return checklist(
    run,
    presentOf(run, {
      at: now,
      records,
      isSeen,
      previous,
      health,
      critical,
      figures,
      msOf: Date.parse,
    }),
  );
}

const unknown: RevisionVerdict = { kind: 'unknown' };

/** `7`, or `7 (now 9)` once the undo has renumbered it. */
export function revisionNow(facts: PanelFacts, ref: RevisionRef): string {
  const now = facts.history.find(({ replicaSet }) => replicaSet.uid === ref.replicaSetUid)?.revision;
  return now === undefined || now === ref.revision ? String(ref.revision) : `${ref.revision} (now ${now})`;
}
