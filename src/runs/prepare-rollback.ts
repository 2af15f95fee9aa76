import type { ApiServer, ApiWriter } from '../cluster/api-server.ts';
import { type DeploymentName, readDeployment, readReplicaSets } from '../cluster/reads/deployments.ts';
import type { DeploymentWrite, WriteGateway } from '../cluster/writes/writes.ts';
import { changeCauseAnnotation } from '../domain/rollout/annotations.ts';
import { containerImages } from '../domain/rollout/deployment-record.ts';
import { imageTags } from '../domain/rollout/image-tag.ts';
import type { DeploymentJson, PodTemplateJson, ReplicaSetJson } from '../domain/rollout/json.ts';
import { imagesNeverRun, type RevisionVerdict } from '../domain/rollout/known-good.ts';
import { changeCause, replicaSetRecord } from '../domain/rollout/replica-set-record.ts';
import { causeWithNote, withChangeCause } from '../domain/rollout/rollback-note.ts';
import { revisionNumber } from '../domain/rollout/revision-number.ts';
import type { ReplicaSetRecord } from '../domain/rollout/records.ts';
import { type TemplateChange, templateDifference } from '../domain/rollout/template-difference.ts';
import { equalTemplates } from '../domain/rollout/template-equality.ts';
import { planUndo } from '../domain/rollout/undo.ts';
import { rollbackBlocker, rollbackWarnings } from '../domain/rollout/write-warnings.ts';
import type { KubectlPlace } from '../domain/kubectl-place.ts';
import type { RevisionRef } from '../domain/runbook/events.ts';
import { undoCommand } from './kubectl-command.ts';
import { readSurroundings } from './write-surroundings.ts';
import { dryRun, generationOf, type Prepared, type WritePreview } from './write-preview.ts';

/** One side of a rollback. */
export interface RevisionSide extends RevisionRef {
  readonly changeCause: string | undefined;
  readonly template: PodTemplateJson;
}

/** All that a person must see before confirming. */
export interface RollbackPreview extends WritePreview {
  readonly from: RevisionSide;
  readonly to: RevisionSide;
  /** What an undo reaches the target by: its number, or 0 (the previous one) where its number leads to another one. */
  readonly askFor: number;
  readonly changes: readonly TemplateChange[];
  /** What was seen of the target before. */
  readonly verdict: RevisionVerdict;
  /** What the person writes beside it, empty for nothing, and the change-cause that the target carries with it. */
  readonly note: string;
  readonly causeAfter: string | undefined;
}

/** Where a rollback is prepared. */
export interface RollbackPlace extends KubectlPlace {
  readonly api: ApiServer;
  readonly writer: ApiWriter;
  readonly name: DeploymentName;
  verdict(replicaSet: Pick<ReplicaSetRecord, 'uid' | 'templateHash'>): RevisionVerdict;
}

/** Which revision is asked for, 0 for the previous one, and with what note. */
export interface RollbackRequest {
  readonly toRevision: number;
  /** uid of the ReplicaSet that the person means where they have seen it: a number can lead to another one by now. */
  readonly replicaSet?: string | undefined;
  readonly note: string;
}

export type Preparation = Prepared<RollbackPreview>;

const refusalHints = {
  noHistory: 'Without an older ReplicaSet there is nothing to put back: deploy the wanted version again.',
  revisionNotFound: 'Refresh the tree and choose one of the revisions that are there.',
  paused: 'Resume it, then roll back.',
} as const;

/**
 * Reads the cluster afresh, decides as `kubectl rollout undo --to-revision` does (0: the previous one), and lets the
 * API server check the write in a dry run. Writes nothing. Throws ApiError where the cluster cannot be read.
 */
export async function prepareRollback(
  { api, writer, context, kubeconfig, name, verdict }: RollbackPlace,
  gateway: WriteGateway,
  { toRevision, replicaSet, note }: RollbackRequest,
  signal?: AbortSignal,
): Promise<Preparation> {
  const deployment = await readDeployment(api, name, signal);
  const replicaSets = await readReplicaSets(api, deployment, signal);
  const plan = planUndo(deployment, replicaSets, toRevision);
  if (plan.kind === 'skipped') return plan;
  if (plan.kind === 'refused') {
    const reason = plan.reason === 'paused' ? 'paused' : 'other';
    const hint =
      plan.reason === 'revisionNotFound'
        ? (renumberedHint(replicaSets, toRevision) ?? refusalHints.revisionNotFound)
        : refusalHints[plan.reason];
    return { kind: 'refused', reason, message: plan.message, hint };
  }

  const from = currentSide(deployment, plan.current);
  const to = targetSide(plan.target);
  if (replicaSet !== undefined && to.replicaSetUid !== replicaSet) return anotherOne(toRevision, to);
  const askFor = reaching(plan.target, to.revision, deployment, replicaSets);
  const causeAfter = note === '' ? to.changeCause : causeWithNote(note, to.revision, to.changeCause);
  const write: DeploymentWrite = {
    operations:
      note === '' || causeAfter === undefined
        ? plan.patch
        : withChangeCause(plan.patch, deployment, causeAfter),
    intent: {
      kind: 'rollBack',
      context,
      ...name,
      uid: deployment.metadata?.uid ?? '',
      ...generationOf(deployment),
      fromRevision: from.revision,
      toRevision: to.revision,
      toReplicaSet: to.replicaSetUid,
    },
    isApplied: (now) => equalTemplates(now.spec?.template ?? {}, to.template),
  };
  const refused = await dryRun(gateway, write, signal);
  if (refused !== undefined) return refused;
  const surroundings = await readSurroundings(api, writer, name, to.template, signal);
  const target = replicaSetRecord(plan.target);
  const neverRun = imagesNeverRun(target, replicaSets.map(replicaSetRecord), verdict);
  const preview: RollbackPreview = {
    from,
    to,
    askFor,
    changes: templateDifference(from.template, to.template),
    verdict: verdict(target),
    note,
    causeAfter,
    warnings: rollbackWarnings(deployment, to.revision, { ...surroundings, neverRun }),
    blocker: rollbackBlocker(deployment),
    command: undoCommand({ context, kubeconfig }, name, askFor, note === '' ? undefined : causeAfter),
    write,
  };
  return { kind: 'ready', preview };
}

/** Between what was seen and now the revisions have changed: nobody has decided for this one. */
function anotherOne(asked: number, { revision, version }: RevisionSide): Preparation {
  const which = asked === 0 ? 'The previous revision' : `Revision ${asked}`;
  const message = `${which} is another one now than the one that was chosen: ${revision} (${version})`;
  return { kind: 'refused', reason: 'other', message, hint: 'Look at the revisions again, and choose one.' };
}

/** The number that an undo reaches the target by; 0 where that finds another one first, or cannot be asked for. */
function reaching(
  target: ReplicaSetJson,
  number: number,
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
): number {
  if (!(number > 0) || !Number.isSafeInteger(number)) return 0;
  const plan = planUndo(deployment, replicaSets, number);
  return plan.kind === 'patch' && plan.target === target ? number : 0;
}

/** Where a number is gone since a rollback gave its revision another one. */
function renumberedHint(replicaSets: readonly ReplicaSetJson[], asked: number): string | undefined {
  const record = replicaSets
    .map(replicaSetRecord)
    .find(({ formerRevisions }) => formerRevisions.includes(asked));
  return record?.revision === undefined || record.revision === asked
    ? undefined
    : `Revision ${asked} has the number ${record.revision} now, since it was rolled back to: choose that.`;
}

function currentSide(deployment: DeploymentJson, current: ReplicaSetJson | undefined): RevisionSide {
  const template = deployment.spec?.template ?? {};
  return {
    revision: revisionNumber(deployment.metadata?.annotations) ?? 0,
    replicaSetUid: current?.metadata?.uid ?? '',
    replicaSetName: current?.metadata?.name ?? '',
    version: imageTags(containerImages(template.spec?.containers)),
    changeCause: deployment.metadata?.annotations?.[changeCauseAnnotation],
    template,
  };
}

function targetSide(replicaSet: ReplicaSetJson): RevisionSide {
  const template = replicaSet.spec?.template ?? {};
  return {
    revision: revisionNumber(replicaSet.metadata?.annotations) ?? 0,
    replicaSetUid: replicaSet.metadata?.uid ?? '',
    replicaSetName: replicaSet.metadata?.name ?? '',
    version: imageTags(containerImages(template.spec?.containers)),
    changeCause: changeCause(replicaSet),
    template,
  };
}
