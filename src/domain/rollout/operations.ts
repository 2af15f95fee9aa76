import type { Operation } from '../runbook/write.ts';
import type { DeploymentJson } from './json.ts';
import type { JsonPatchOperation } from './json-patch.ts';
import { pointer } from './json-patch.ts';

/** What a person asks for. */
export type OperationRequest =
  { readonly kind: 'pause' | 'resume' | 'restart' } | { readonly kind: 'scale'; readonly replicas: number };

/** What it would do: one patch, nothing because it is so already, or nothing because it cannot be. */
export type OperationPlan =
  | {
      readonly kind: 'patch';
      readonly operation: Operation;
      readonly patch: readonly JsonPatchOperation[];
    }
  | { readonly kind: 'skipped'; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };

/** The template's annotation that `kubectl rollout restart` writes. */
const restartedAtAnnotation = 'kubectl.kubernetes.io/restartedAt';

/**
 * What `kubectl rollout pause | resume | restart` and `kubectl scale` do, with their refusals (kubectl,
 * pkg/polymorphichelpers: objectpauser.go, objectresumer.go, objectrestarter.go). `now` is RFC 3339 in whole seconds, as
 * kubectl writes it. Unlike kubectl's, the patch tests uid, generation and, to scale, the replicas that were shown.
 */
export function planOperation(
  deployment: DeploymentJson,
  request: OperationRequest,
  now: string,
): OperationPlan {
  const { metadata, spec } = deployment;
  const refused = (why: string): OperationPlan => ({
    kind: 'refused',
    message: `deployments.apps "${metadata?.name ?? ''}" ${why}`,
  });
  const patch = (operation: Operation, ...changes: readonly JsonPatchOperation[]): OperationPlan => ({
    kind: 'patch',
    operation,
    patch: [
      { op: 'test', path: '/metadata/uid', value: metadata?.uid ?? '' },
      { op: 'test', path: '/metadata/generation', value: metadata?.generation ?? 0 },
      ...changes,
    ],
  });
  const paused = spec?.paused === true;
  switch (request.kind) {
    case 'pause':
      if (paused) return refused('is already paused');
      return patch({ kind: 'pause' }, { op: 'add', path: '/spec/paused', value: true });
    case 'resume':
      if (!paused) return refused('is not paused');
      return patch({ kind: 'resume' }, { op: 'remove', path: '/spec/paused' });
    case 'restart':
      if (paused) return refused("can't restart paused deployment (run rollout resume first)");
      if (restartedAt(deployment) === now)
        return refused('was restarted within the past second, wait before restarting it again');
      return patch({ kind: 'restart', restartedAt: now }, ...restartChanges(deployment, now));
    case 'scale': {
      const from = spec?.replicas ?? 1;
      const { replicas } = request;
      if (!Number.isSafeInteger(replicas) || replicas < 0)
        return refused(`cannot have ${replicas} replicas: the number must be 0 or more`);
      if (from === replicas) return { kind: 'skipped', message: `it is scaled to ${replicas} already` };
      return patch(
        { kind: 'scale', fromReplicas: from, toReplicas: replicas },
        { op: 'test', path: '/spec/replicas', value: from },
        { op: 'replace', path: '/spec/replicas', value: replicas },
      );
    }
  }
}

/** Whether the Deployment is as the operation leaves it. */
export function isOperated(deployment: DeploymentJson, operation: Operation): boolean {
  switch (operation.kind) {
    case 'pause':
      return deployment.spec?.paused === true;
    case 'resume':
      return deployment.spec?.paused !== true;
    case 'restart':
      return restartedAt(deployment) === operation.restartedAt;
    case 'scale':
      return deployment.spec?.replicas === operation.toReplicas;
  }
}

function restartedAt({ spec }: DeploymentJson): string | undefined {
  return spec?.template?.metadata?.annotations?.[restartedAtAnnotation];
}

function restartChanges({ spec }: DeploymentJson, now: string): readonly JsonPatchOperation[] {
  const path = ['spec', 'template', 'metadata'];
  const metadata = spec?.template?.metadata;
  const value = { [restartedAtAnnotation]: now };
  if (metadata === undefined || metadata === null)
    return [{ op: 'add', path: pointer(...path), value: { annotations: value } }];
  if (metadata.annotations === undefined || metadata.annotations === null)
    return [{ op: 'add', path: pointer(...path, 'annotations'), value }];
  return [{ op: 'add', path: pointer(...path, 'annotations', restartedAtAnnotation), value: now }];
}
