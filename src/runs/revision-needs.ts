import { ApiError } from '../cluster/errors/api-error.ts';
import type { Connection } from '../cluster/connections.ts';
import { type Permission, reviewPermissions } from '../cluster/permissions.ts';
import { readQuotas } from '../cluster/reads/quotas.ts';
import { readReference, referenceResources } from '../cluster/reads/reference-reads.ts';
import type { PodTemplateJson } from '../domain/rollout/json.ts';
import type { QuotaJson } from '../domain/rollout/quota.ts';
import { type Reference, referencesOf } from '../domain/rollout/references.ts';

/** Most objects that are looked for; templates that need more are rare. */
const mostReferences = 30;
const timeoutMs = 4_000;

/** What the pods of some revisions need, as far as it may be looked at. */
export interface RevisionNeeds {
  /** Whether it is there: a Secret's and a ConfigMap's content is never asked for. */
  of(reference: Reference): 'there' | 'gone' | 'unknown';
  /** Undefined where they may not be listed. */
  readonly quotas: readonly QuotaJson[] | undefined;
}

/**
 * Looks for all that these templates need, all at once. Asks first what may be looked at: what is not allowed is not tried.
 * Throws ApiError only where `signal` aborts.
 */
export async function readNeeds(
  { api, writer }: Pick<Connection, 'api' | 'writer'>,
  namespace: string,
  templates: readonly PodTemplateJson[],
  signal: AbortSignal,
): Promise<RevisionNeeds> {
  const wanted = new Map(templates.flatMap(referencesOf).map((each) => [keyOf(each), each]));
  const looked = [...wanted].slice(0, mostReferences);
  const listQuotas: Permission = { verb: 'list', group: '', resource: 'resourcequotas' };
  const gets = looked.map(([, reference]) => permissionFor(reference));
  const answers = await unlessFailed(
    reviewPermissions(writer, namespace, [listQuotas, ...gets], signal),
    () => [],
  );
  const isAllowed = new Set(answers.flatMap(({ permission, allowed }) => (allowed ? [permission] : [])));
  const [quotas, found] = await Promise.all([
    isAllowed.has(listQuotas) ? unlessFailed(readQuotas(api, namespace, signal), () => undefined) : undefined,
    Promise.all(
      looked.map(async ([key, reference], at) => {
        const permission = gets[at];
        const may = permission !== undefined && isAllowed.has(permission);
        const is = may ? await readReference(api, namespace, reference, { timeoutMs, signal }) : 'unknown';
        return [key, is] as const;
      }),
    ),
  ]);
  const known = new Map(found);
  return { of: (reference) => known.get(keyOf(reference)) ?? 'unknown', quotas };
}

function permissionFor({ kind, name }: Reference): Permission {
  return { verb: 'get', group: '', resource: referenceResources[kind], name };
}

function keyOf({ kind, name }: Reference): string {
  return `${kind}/${name}`;
}

async function unlessFailed<Value>(asked: Promise<Value>, otherwise: () => Value): Promise<Value> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.reason !== 'aborted') return otherwise();
    throw error;
  }
}
