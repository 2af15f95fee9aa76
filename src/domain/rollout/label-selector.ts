import type { V1LabelSelector, V1LabelSelectorRequirement } from '@kubernetes/client-node';
import type { Json } from './json.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * Whether labels match a selector (metav1.LabelSelectorAsSelector): no selector matches nothing, an empty one
 * everything, NotIn also labels without the key.
 */
export function matchesSelector(selector: Json<V1LabelSelector> | undefined, labels: Labels = {}): boolean {
  if (selector === undefined || selector === null) return false;
  const exact = Object.entries(selector.matchLabels ?? {});
  return (
    exact.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value) &&
    (selector.matchExpressions ?? []).every((requirement) => meets(labels, requirement))
  );
}

function meets(labels: Labels, { key, operator, values }: Json<V1LabelSelectorRequirement>): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && (values ?? []).includes(value);
    case 'NotIn':
      return value === undefined || !(values ?? []).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** A LabelSelector in the query's spelling. Source: Kubernetes documentation, "Labels and Selectors". */
export function labelSelector(selector: Json<V1LabelSelector> | undefined): string {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
  const expressions = (selector?.matchExpressions ?? []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...labels, ...expressions].join(',');
}
