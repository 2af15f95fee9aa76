import type { Reference } from '../../domain/rollout/references.ts';
import { ApiError } from '../errors/api-error.ts';
import type { ApiServer, RequestOptions } from '../api-server.ts';

export const referenceResources: Readonly<Record<Reference['kind'], string>> = {
  ConfigMap: 'configmaps',
  Secret: 'secrets',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  ServiceAccount: 'serviceaccounts',
};

/** Metadata alone: what a Secret or a ConfigMap holds never leaves the cluster. */
const metadataOnly = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** Whether an object is there; `unknown` where it may not be read or no answer came. */
export async function readReference(
  api: ApiServer,
  namespace: string,
  { kind, name }: Reference,
  options: RequestOptions,
): Promise<'there' | 'gone' | 'unknown'> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/${referenceResources[kind]}/${encodeURIComponent(name)}`;
  try {
    await api.get(path, {}, { ...options, accept: metadataOnly });
    return 'there';
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason === 'aborted') throw error;
    return error.reason === 'notFound' ? 'gone' : 'unknown';
  }
}
