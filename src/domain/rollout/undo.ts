import { annotationsKeptByUndo, changeCauseAnnotation } from './annotations.ts';
import { controlledReplicaSets, currentReplicaSet } from './controlled-replica-sets.ts';
import { pointer } from './json-patch.ts';
import type { JsonPatchOperation } from './json-patch.ts';
import type { DeploymentJson, ReplicaSetJson } from './json.ts';
import { exactRevision } from './revision-number.ts';
import { equalTemplates, withoutHash } from './template-equality.ts';

export { currentReplicaSet } from './controlled-replica-sets.ts';

/** What an undo would do: one patch, nothing because it is so already, or nothing because it cannot be. */
export type UndoPlan =
  | {
      readonly kind: 'patch';
      /** What is put back. The undo renumbers it: follow it by its uid. */
      readonly target: ReplicaSetJson;
      /** The ReplicaSet of the live template, undefined where the controller has not made one yet. */
      readonly current: ReplicaSetJson | undefined;
      readonly patch: readonly JsonPatchOperation[];
    }
  | { readonly kind: 'skipped'; readonly message: string }
  | {
      readonly kind: 'refused';
      readonly reason: 'noHistory' | 'revisionNotFound' | 'paused';
      readonly message: string;
    };

/**
 * What `kubectl rollout undo deployment --to-revision=N` does with these objects, with its messages and in its order
 * (rollback.go: DeploymentRollbacker.Rollback): select, refuse a paused Deployment, skip an equal template, patch.
 * N = 0 is the revision with the second-highest number, whichever runs.
 *
 * `replicaSets` may be any of the namespace: only those that the Deployment selects and controls count.
 *
 * The patch differs from kubectl's in three ways. It first tests uid and generation, so that an edit in between
 * refuses it. It takes the template as it stands in the JSON, with fields that this version does not know. And it
 * changes annotations one by one: kubectl replaces them all, and so drops those that only the Deployment has; here
 * they stay, except kubernetes.io/change-cause, which both take from the target and remove where it has none.
 */
export function planUndo(
  deployment: DeploymentJson,
  replicaSets: readonly ReplicaSetJson[],
  toRevision: number,
): UndoPlan {
  const candidates = numbered(controlledReplicaSets(deployment, replicaSets));
  const chosen =
    toRevision === 0
      ? previous(candidates)
      : candidates.find(({ revision }) => revision === BigInt(toRevision));
  // A negative number is never found, even if a ReplicaSet carried it.
  if (toRevision < 0 || (toRevision !== 0 && chosen === undefined)) {
    const message = `unable to find specified revision ${toRevision} in history`;
    return { kind: 'refused', reason: 'revisionNotFound', message };
  }
  if (chosen === undefined) {
    const message = `no rollout history found for deployment "${deployment.metadata?.name ?? ''}"`;
    return { kind: 'refused', reason: 'noHistory', message };
  }
  if (deployment.spec?.paused) {
    const message =
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again";
    return { kind: 'refused', reason: 'paused', message };
  }
  if (equalTemplates(chosen.replicaSet.spec?.template, deployment.spec?.template)) {
    const message = `skipped rollback (current template already matches revision ${toRevision})`;
    return { kind: 'skipped', message };
  }
  return {
    kind: 'patch',
    target: chosen.replicaSet,
    current: currentReplicaSet(deployment, replicaSets),
    patch: undoPatch(deployment, chosen.replicaSet),
  };
}

interface Numbered {
  readonly replicaSet: ReplicaSetJson;
  readonly revision: bigint;
}

function numbered(replicaSets: readonly ReplicaSetJson[]): readonly Numbered[] {
  return replicaSets.flatMap((replicaSet) => {
    const revision = exactRevision(replicaSet.metadata?.annotations);
    return revision === undefined ? [] : [{ replicaSet, revision }];
  });
}

/** The second-highest number, in one pass as in rollback.go: deploymentRevision, whose ties this keeps. */
function previous(candidates: readonly Numbered[]): Numbered | undefined {
  let latest: Numbered | undefined;
  let second: Numbered | undefined;
  for (const candidate of candidates) {
    if ((latest?.revision ?? -1n) < candidate.revision) {
      second = latest;
      latest = candidate;
    } else if ((second?.revision ?? -1n) < candidate.revision) {
      second = candidate;
    }
  }
  return second;
}

function undoPatch(deployment: DeploymentJson, target: ReplicaSetJson): readonly JsonPatchOperation[] {
  const template = target.spec?.template;
  return [
    { op: 'test', path: '/metadata/uid', value: deployment.metadata?.uid ?? '' },
    { op: 'test', path: '/metadata/generation', value: deployment.metadata?.generation ?? 0 },
    { op: 'replace', path: '/spec/template', value: template && withoutHash(template) },
    ...annotationChanges(deployment.metadata?.annotations, target.metadata?.annotations ?? {}),
  ];
}

type Annotations = Readonly<Record<string, string>>;

function annotationChanges(
  live: Annotations | undefined,
  target: Annotations,
): readonly JsonPatchOperation[] {
  const wanted = Object.entries(target).filter(([key]) => !annotationsKeptByUndo.has(key));
  if (live === undefined || live === null) {
    return wanted.length === 0
      ? []
      : [{ op: 'add', path: '/metadata/annotations', value: Object.fromEntries(wanted) }];
  }
  const changes = wanted.flatMap(([key, value]): readonly JsonPatchOperation[] => {
    const path = pointer('metadata', 'annotations', key);
    if (!Object.hasOwn(live, key)) return [{ op: 'add', path, value }];
    return live[key] === value ? [] : [{ op: 'replace', path, value }];
  });
  const staleCause =
    Object.hasOwn(live, changeCauseAnnotation) && !Object.hasOwn(target, changeCauseAnnotation);
  if (!staleCause) return changes;
  return [...changes, { op: 'remove', path: pointer('metadata', 'annotations', changeCauseAnnotation) }];
}
