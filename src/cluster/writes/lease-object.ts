import * as v from 'valibot';
import type { DeploymentName } from '../reads/deployments.ts';
import { apiError } from '../errors/api-error.ts';
import { jsonBody } from '../http/json-body.ts';

/** How long a lease counts after it was last renewed, and how often it is renewed; in ms. */
const leaseMs = 30_000;
export const renewEveryMs = 10_000;

/** A Lease as far as it is decided on. */
export interface LeaseObject {
  readonly uid: string;
  readonly resourceVersion: string;
  /** Empty where nobody holds it. */
  readonly holder: string;
  /** RFC 3339 by the holder's clock; empty where it was never renewed. */
  readonly renewedAt: string;
  /** How long it counts after its renewal, in ms. */
  readonly durationMs: number;
  readonly transitions: number;
}

const text = v.optional(v.nullable(v.string()));
const count = v.optional(v.nullable(v.number()));
const schema = v.looseObject({
  metadata: v.looseObject({ uid: v.string(), resourceVersion: v.string() }),
  spec: v.optional(
    v.looseObject({
      holderIdentity: text,
      renewTime: text,
      leaseDurationSeconds: count,
      leaseTransitions: count,
    }),
  ),
});

export function leasePath({ namespace }: DeploymentName, leaseName = ''): string {
  const leases = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
  return leaseName === '' ? leases : `${leases}/${encodeURIComponent(leaseName)}`;
}

/** A name is 253 characters at most, and a Deployment's may be as long itself: then both are cut. */
export function leaseName({ name }: DeploymentName): string {
  return `kubernetes-rollback-${name}`.slice(0, 253).replace(/[^a-z0-9]+$/, '');
}

/** Throws ApiError 'badResponse' where the answer is no Lease. */
export function leaseOf(body: string): LeaseObject {
  const read = v.safeParse(schema, jsonBody(body));
  if (!read.success) throw apiError('notJson', { detail: read.issues[0].message });
  const { metadata, spec = {} } = read.output;
  return {
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    holder: spec.holderIdentity ?? '',
    renewedAt: spec.renewTime ?? '',
    durationMs: (spec.leaseDurationSeconds ?? leaseMs / 1000) * 1000,
    transitions: spec.leaseTransitions ?? 0,
  };
}

/** `now` in ms since the epoch; times have six digits behind the second (metav1.MicroTime). */
export function leaseSpec(holder: string, now: number, transitions: number): object {
  return {
    holderIdentity: holder,
    leaseDurationSeconds: leaseMs / 1000,
    acquireTime: microTime(now),
    renewTime: microTime(now),
    leaseTransitions: transitions,
  };
}

export function microTime(now: number): string {
  return new Date(now).toISOString().replace('Z', '000Z');
}
