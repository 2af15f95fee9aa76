import { ApiError } from '../cluster/errors/api-error.ts';
import type { ApiServer, ApiWriter, RequestOptions } from '../cluster/api-server.ts';
import type { DeploymentName } from '../cluster/reads/deployments.ts';
import { permissionWords, reviewPermissions, rollbackPermissions } from '../cluster/permissions.ts';
import { readReference } from '../cluster/reads/reference-reads.ts';
import { readAutoscalers, readScaledObjects } from '../cluster/reads/scalers.ts';
import type { PodTemplateJson } from '../domain/rollout/json.ts';
import { referencesOf } from '../domain/rollout/references.ts';
import type { Scaler, Surroundings } from '../domain/rollout/write-warnings.ts';

/** A warning may not keep a person waiting: what has not answered by then is not known. In ms. */
const timeoutMs = 4_000;
/** Most objects that are looked for; a template that needs more is rare. */
const mostReferences = 30;

/** What sets the Deployment's replicas; what cannot be told is left out, since KEDA is not there in most clusters. */
export async function readScalers(
  api: ApiServer,
  name: DeploymentName,
  signal: AbortSignal | undefined,
): Promise<readonly Scaler[]> {
  const options = within(signal);
  const [scaledObjects, autoscalers] = await Promise.all([
    unlessUnknown(readScaledObjects(api, name, options)),
    unlessUnknown(readAutoscalers(api, name, options)),
  ]);
  // KEDA's own autoscaler for a ScaledObject says the same again.
  return scaledObjects.length > 0 ? scaledObjects : autoscalers;
}

/** Reads, all at once, what a rollback to this template meets. Throws only where the person stopped it. */
export async function readSurroundings(
  api: ApiServer,
  writer: ApiWriter,
  name: DeploymentName,
  target: PodTemplateJson,
  signal: AbortSignal | undefined,
): Promise<Omit<Surroundings, 'neverRun'>> {
  const references = referencesOf(target);
  const looked = references.slice(0, mostReferences);
  const [scalers, found, answers] = await Promise.all([
    readScalers(api, name, signal),
    Promise.all(looked.map((each) => readReference(api, name.namespace, each, within(signal)))),
    unlessUnknown(reviewPermissions(writer, name.namespace, rollbackPermissions, signal)),
  ]);
  return {
    scalers,
    gone: looked.filter((_each, at) => found[at] === 'gone'),
    unknown: references.filter((_each, at) => (found[at] ?? 'unknown') === 'unknown'),
    denied: answers.filter(({ allowed }) => !allowed).map(({ permission }) => permissionWords(permission)),
  };
}

function within(signal: AbortSignal | undefined): RequestOptions {
  return { timeoutMs, ...(signal === undefined ? {} : { signal }) };
}

/** Nothing where the cluster does not tell: forbidden, not installed, no answer. */
async function unlessUnknown<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError && error.reason !== 'aborted') return [];
    throw error;
  }
}
