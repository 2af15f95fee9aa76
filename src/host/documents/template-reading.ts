import type { ApiServer } from '../../cluster/api-server.ts';
import { ApiError } from '../../cluster/errors/api-error.ts';
import { readDeployment, readReplicaSets } from '../../cluster/reads/deployments.ts';
import type { ClusterStore } from '../../cluster/store/store.ts';
import { controlledReplicaSets } from '../../domain/rollout/controlled-replica-sets.ts';
import { containerImages } from '../../domain/rollout/deployment-record.ts';
import { imageTags } from '../../domain/rollout/image-tag.ts';
import type { PodTemplateJson, ReplicaSetJson } from '../../domain/rollout/json.ts';
import { changeCause } from '../../domain/rollout/replica-set-record.ts';
import { revisionNumber } from '../../domain/rollout/revision-number.ts';
import { currentReplicaSet } from '../../domain/rollout/undo.ts';
import type { RunTarget } from '../../domain/runbook/events.ts';

/** A pod template of a deployment: the live one, or a revision's by its ReplicaSet's uid, which an undo does not change. */
export type TemplateName = { readonly kind: 'live' } | { readonly kind: 'revision'; readonly uid: string };

/** A pod template as it was read. */
export interface ReadTemplate {
  readonly template: PodTemplateJson;
  /** The number that its ReplicaSet carries now; undefined where that is no number, or there is no ReplicaSet yet. */
  readonly revision: number | undefined;
  /** The tags of its images. */
  readonly version: string;
  readonly live: boolean;
  readonly replicaSet: string | undefined;
  readonly changeCause: string | undefined;
}

/** Reads templates of a deployment afresh; undefined in the place of one that is gone. Throws ApiError. */
export async function readTemplates(
  api: ApiServer,
  target: RunTarget,
  names: readonly TemplateName[],
  signal?: AbortSignal,
): Promise<readonly (ReadTemplate | undefined)[]> {
  try {
    const deployment = await readDeployment(api, target, signal);
    const replicaSets = controlledReplicaSets(deployment, await readReplicaSets(api, deployment, signal));
    const current = currentReplicaSet(deployment, replicaSets);
    return names.map((name) => {
      if (name.kind === 'live') return readTemplate(deployment.spec?.template, current, true);
      const found = replicaSets.find(({ metadata }) => metadata?.uid === name.uid);
      return found && readTemplate(found.spec?.template, found, found === current);
    });
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'notFound') return names.map(() => undefined);
    throw error;
  }
}

function readTemplate(
  template: PodTemplateJson | undefined,
  replicaSet: ReplicaSetJson | undefined,
  live: boolean,
): ReadTemplate {
  return {
    template: template ?? {},
    revision: replicaSet && revisionNumber(replicaSet.metadata?.annotations),
    version: imageTags(containerImages(template?.spec?.containers)),
    live,
    replicaSet: replicaSet?.metadata?.name,
    changeCause: replicaSet && changeCause(replicaSet),
  };
}

/** `4 (v2.4.0, live)`. */
export function templateWords({ revision, version, live }: ReadTemplate): string {
  return `${revision ?? '?'} (${version}${live ? ', live' : ''})`;
}

/** Changes when a template of the deployment, or a revision's number, may have changed. */
export function templatesVersion(store: ClusterStore, { namespace, name }: RunTarget): string {
  const records = store.find(namespace, name);
  return JSON.stringify([
    records?.deployment.uid,
    records?.deployment.generation,
    records?.replicaSets.map(({ uid, revision }) => `${uid} ${revision}`).toSorted(),
  ]);
}
