import { mayBeSecret, withoutSecrets } from '../../domain/rollout/secret-name.ts';
import { isObject, type JsonObject } from '../../domain/rollout/template-equality.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** What only servers and the kubelet read, wherever it stands in a status. */
const statusNoise: ReadonlySet<string> = new Set([
  'lastUpdateTime',
  'lastProbeTime',
  'containerID',
  'volumeMounts',
  'allocatedResources',
  'resources',
  'user',
]);

/** In words, what `essential` leaves out. */
export const leftOut = 'managedFields, resourceVersion, last-applied-configuration and parts of the status';

/** An object without what servers write for themselves: as much as a person reads. */
export function essential(object: JsonObject): JsonObject {
  const { metadata, status, ...rest } = object;
  return {
    ...rest,
    ...(isObject(metadata) ? { metadata: essentialMetadata(metadata) } : {}),
    ...(isObject(status) ? { status: without(status, (key) => statusNoise.has(key)) } : {}),
  };
}

function essentialMetadata(metadata: JsonObject): JsonObject {
  const { managedFields: _managed, resourceVersion: _version, annotations, ...rest } = metadata;
  const kept = isObject(annotations)
    ? Object.entries(annotations).filter(([key]) => key !== lastApplied)
    : [];
  return { ...rest, ...(kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {}) };
}

function without(value: unknown, left: (key: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, left));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !left(key) && item !== null)
      .map(([key, item]) => [key, without(item, left)]),
  );
}

/**
 * A JSON value with `mark` in the place of what may be secret: values of variables and headers by their names, passwords of
 * URLs, options such as `--token=…`, also inside the last applied configuration. Equal secrets have equal marks.
 */
export function withMarks(value: unknown, mark: (secret: string) => string): unknown {
  if (typeof value === 'string') return withoutSecrets(value, mark);
  if (Array.isArray(value)) return value.map((item) => withMarks(item, mark));
  if (!isObject(value)) return value;
  const named = typeof value['name'] === 'string' && mayBeSecret(value['name']);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (named && key === 'value' && typeof item === 'string') return [key, item === '' ? '' : mark(item)];
      if (key === lastApplied && typeof item === 'string') return [key, appliedWithMarks(item, mark)];
      return [key, withMarks(item, mark)];
    }),
  );
}

function appliedWithMarks(text: string, mark: (secret: string) => string): string {
  try {
    return JSON.stringify(withMarks(JSON.parse(text), mark));
  } catch {
    return mark(text); // Nobody knows what is in it.
  }
}
