import type { V1Container, V1Volume } from '@kubernetes/client-node';
import type { Json, PodTemplateJson } from './json.ts';

/** An object of the same namespace that pods cannot start without. */
export interface Reference {
  readonly kind: 'ConfigMap' | 'Secret' | 'PersistentVolumeClaim' | 'ServiceAccount';
  readonly name: string;
}

/** What the pods of a template need, each once; what they can do without (`optional: true`) is left out. */
export function referencesOf({ spec }: PodTemplateJson): readonly Reference[] {
  const found = [
    ...(spec?.volumes ?? []).flatMap(ofVolume),
    ...[...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].flatMap(ofContainer),
    ...one('ServiceAccount', spec?.serviceAccountName ?? spec?.serviceAccount),
  ];
  return [...new Map(found.map((each) => [`${each.kind}/${each.name}`, each])).values()];
}

function ofVolume(volume: Json<V1Volume>): readonly Reference[] {
  const { configMap, secret, persistentVolumeClaim, projected } = volume;
  return [
    ...needed('ConfigMap', configMap),
    ...(secret?.optional === true ? [] : one('Secret', secret?.secretName)),
    ...one('PersistentVolumeClaim', persistentVolumeClaim?.claimName),
    ...(projected?.sources ?? []).flatMap((source) => [
      ...needed('ConfigMap', source.configMap),
      ...needed('Secret', source.secret),
    ]),
  ];
}

function ofContainer({ env = [], envFrom = [] }: Json<V1Container>): readonly Reference[] {
  return [
    ...env.flatMap(({ valueFrom }) => [
      ...needed('ConfigMap', valueFrom?.configMapKeyRef),
      ...needed('Secret', valueFrom?.secretKeyRef),
    ]),
    ...envFrom.flatMap(({ configMapRef, secretRef }) => [
      ...needed('ConfigMap', configMapRef),
      ...needed('Secret', secretRef),
    ]),
  ];
}

function needed(
  kind: Reference['kind'],
  source: { readonly name?: string; readonly optional?: boolean } | undefined,
): readonly Reference[] {
  return source?.optional === true ? [] : one(kind, source?.name);
}

function one(kind: Reference['kind'], name: string | undefined): readonly Reference[] {
  return name === undefined || name === '' ? [] : [{ kind, name }];
}
