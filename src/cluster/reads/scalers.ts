import type { V2HorizontalPodAutoscaler } from '@kubernetes/client-node';
import type { Json } from '../../domain/rollout/json.ts';
import type { Scaler } from '../../domain/rollout/write-warnings.ts';
import type { ApiServer, RequestOptions } from '../api-server.ts';
import type { DeploymentName } from './deployments.ts';
import { jsonBody } from '../http/json-body.ts';

/** The part of a KEDA ScaledObject that counts here. Source: keda.sh, "ScaledObject specification". */
interface ScaledObjectJson {
  readonly metadata?: { readonly name?: string };
  readonly spec?: {
    readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
    readonly minReplicaCount?: number;
    readonly maxReplicaCount?: number;
  };
}

/** The HorizontalPodAutoscalers that set a Deployment's replicas. Throws ApiError. */
export async function readAutoscalers(
  api: ApiServer,
  { namespace, name }: DeploymentName,
  options: RequestOptions,
): Promise<readonly Scaler[]> {
  const path = `/apis/autoscaling/v2/namespaces/${encodeURIComponent(namespace)}/horizontalpodautoscalers`;
  const { items = [] } = jsonBody<{ items?: Json<V2HorizontalPodAutoscaler>[] }>(
    await api.get(path, {}, options),
  );
  return items.flatMap(({ metadata, spec }) => {
    const target = spec?.scaleTargetRef;
    if (target?.kind !== 'Deployment' || target.name !== name) return [];
    return {
      kind: 'HorizontalPodAutoscaler' as const,
      name: metadata?.name ?? '',
      min: spec?.minReplicas ?? 1,
      max: spec?.maxReplicas ?? 1,
    };
  });
}

/** KEDA's ScaledObjects that do; it makes an autoscaler of its own for each. Throws ApiError, 'notFound' without KEDA. */
export async function readScaledObjects(
  api: ApiServer,
  { namespace, name }: DeploymentName,
  options: RequestOptions,
): Promise<readonly Scaler[]> {
  const path = `/apis/keda.sh/v1alpha1/namespaces/${encodeURIComponent(namespace)}/scaledobjects`;
  const { items = [] } = jsonBody<{ items?: ScaledObjectJson[] }>(await api.get(path, {}, options));
  return items.flatMap(({ metadata, spec }) => {
    const target = spec?.scaleTargetRef;
    if ((target?.kind ?? 'Deployment') !== 'Deployment' || target?.name !== name) return [];
    return {
      kind: 'ScaledObject' as const,
      name: metadata?.name ?? '',
      min: spec?.minReplicaCount ?? 0,
      max: spec?.maxReplicaCount ?? 100,
    };
  });
}
