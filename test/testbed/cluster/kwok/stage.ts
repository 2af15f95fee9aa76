/**
 * kwok's Stage: when an object matches `when`, after `after` it does `steps`. Of several that match, one with a
 * weight above 0 beats those of weight 0 (https://kwok.sigs.k8s.io/docs/user/stages-configuration/).
 */
export interface StageOptions {
  readonly name: string;
  readonly kind: 'Node' | 'Pod';
  readonly when: readonly Condition[];
  /** A jq expression giving a Go duration such as "2s". */
  readonly after?: string;
  readonly weight?: number;
  readonly steps: readonly object[];
}

/** A jq expression on the object and what it must give. */
export interface Condition {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

export function stage(options: StageOptions): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name: options.name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: options.kind },
      weight: options.weight ?? 0,
      selector: { matchExpressions: options.when },
      ...(options.after === undefined ? {} : { delay: delay(options.after) }),
      steps: options.steps,
    },
  };
}

/** kwok wants a fixed delay too, for when the expression gives nothing. */
function delay(expression: string): object {
  return { durationMilliseconds: 1000, durationFrom: { jq: { expression } } };
}

/**
 * Which fault a pod is to show: its annotation `testbed/fault`, which its template sets, else the end of its first
 * image's tag: `web:1.4-crash`. An ending that no Stage asks for (`-alpine`) is a healthy pod.
 */
const FAULT =
  '.metadata.annotations["testbed/fault"] // (.spec.containers[0].image | capture("-(?<fault>[a-z]+)$").fault) // (if .metadata.annotations["testbed/ready-after"] then "slow" else empty end)';

export const notDeleted: Condition = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' };

export function fault(...values: readonly string[]): Condition {
  return { key: FAULT, operator: 'In', values };
}

export function notFault(...values: readonly string[]): Condition {
  return { key: FAULT, operator: 'NotIn', values };
}

export function phase(...values: readonly string[]): Condition {
  return { key: '.status.phase', operator: 'In', values };
}

/** A duration that a template can set by an annotation, given in quotes as jq writes strings. */
export function durationFrom(annotation: string, otherwise: string): string {
  return `.metadata.annotations["testbed/${annotation}"] // ${otherwise}`;
}
