import { exactText } from '../exact-json.ts';
import type { PathStep } from './difference-words.ts';
import { hiddenValue, mayBeSecret, withoutSecrets } from './secret-name.ts';
import { isObject, own } from './template-equality.ts';
import type { JsonObject } from './template-equality.ts';

/**
 * A value of a template as text, undefined where it is not there: a container by its image, a variable by its value
 * or where that comes from, a volume by its source, a volume mount by its path, others as JSON. What may be secret is hidden, wherever in the value it stands.
 */
export function shownValue(path: readonly PathStep[], value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (isSecretPlace(path) && !(isObject(value) && own(value, 'valueFrom') !== undefined)) return hiddenValue;
  const last = path.at(-1);
  if (last?.element !== undefined && isObject(value)) {
    if (last.field.endsWith('ontainers')) return text(own(value, 'image') ?? '');
    if (last.field === 'env') return text(own(value, 'valueFrom') ?? own(value, 'value') ?? '');
    if (last.field === 'volumes') return text(volumeSource(value));
    if (last.field === 'volumeMounts') return text(own(value, 'mountPath') ?? value);
  }
  return text(value);
}

const sourceNames = ['name', 'secretName', 'claimName', 'path', 'driver'] as const;

/** `configMap checkout-flags`, `emptyDir`. */
function volumeSource(volume: JsonObject): string {
  const [kind, source] = Object.entries(volume).find(([field]) => field !== 'name') ?? ['emptyDir', {}];
  const names = isObject(source) ? sourceNames.map((field) => own(source, field)) : [];
  return [kind, names.find((name) => typeof name === 'string')].filter(Boolean).join(' ');
}

/** A named variable or header, or its value. */
function isSecretPlace(path: readonly PathStep[]): boolean {
  const last = path.at(-1);
  const holder = last?.field === 'value' ? path.at(-2) : last?.field === 'env' ? last : undefined;
  return holder?.element !== undefined && mayBeSecret(holder.element);
}

function text(value: unknown): string {
  return withoutSecrets(typeof value === 'string' ? value : exactText(value, hideNamedValues));
}

function hideNamedValues(_key: string, value: unknown): unknown {
  if (!isObject(value) || typeof value['name'] !== 'string' || !Object.hasOwn(value, 'value')) return value;
  return mayBeSecret(value['name']) ? { ...value, value: hiddenValue } : value;
}
