import { ApiError } from '../../cluster/errors/api-error.ts';
import type { ApiServer } from '../../cluster/api-server.ts';
import type { Connections } from '../../cluster/connections.ts';
import { labelSelector } from '../../domain/rollout/label-selector.ts';

import { type PodScope, readPodMetrics } from '../../cluster/reads/metrics.ts';
import { readObject } from '../../cluster/reads/objects.ts';
import { readPods } from '../../cluster/reads/pods.ts';
import type { ClusterStore } from '../../cluster/store/store.ts';
import type { DeploymentJson, PodJson } from '../../domain/rollout/json.ts';
import type { ObjectReference } from '../../domain/rollout/object-reference.ts';
import { controllerUid } from '../../domain/rollout/owner.ts';
import { type PodMetricsJson, type PodUsage, podUsages } from '../../domain/usage/pod-usage.ts';
import type { Clock } from '../../ports/clock.ts';
import { topPage } from '../../views/documents/top-page.ts';
import { errorParts } from '../error-parts.ts';
import type { LiveSource } from './live-source.ts';
import { every } from './redraw.ts';

/** metrics-server measures every 15 s at most. */
const readEverySeconds = 15;
/** The age of the sample grows meanwhile. */
const agesEveryMs = 5000;

/** What pods of a namespace, of a Deployment, or one pod use, against their requests and limits. */
export function topSource(connections: Connections, clock: Clock, about: ObjectReference): LiveSource {
  const { context, namespace, kind, name } = about;
  const subject =
    kind === 'Namespace'
      ? `the pods of namespace ${name}`
      : kind === 'Pod'
        ? `pod ${name}`
        : `the pods of ${name}`;
  return {
    title: `CPU and memory of ${subject}`,
    async follow(show, signal) {
      const { api, store } = await connections.connect(context);
      let draw: () => void = () => undefined;
      every(clock, agesEveryMs, () => draw(), signal);
      for (;;) {
        const scope = await scopeOf(api, about, signal);
        const [metrics, pods] = await Promise.allSettled([
          readPodMetrics(api, scope, signal),
          readPods(api, scope, signal),
        ]);
        // Neither is known: that is told for the whole document, and what stood there stays.
        if (metrics.status === 'rejected' && pods.status === 'rejected') throw pods.reason;
        const measured = metrics.status === 'fulfilled' ? metrics.value : [];
        const usages =
          pods.status === 'fulfilled'
            ? usagesOf(own(about, store, pods.value), measured)
            : podUsages([], measured);
        draw = () =>
          show(
            topPage({
              subject,
              place: `${namespace} in ${context}`,
              pods: usages,
              refused: metrics.status === 'rejected' ? refusal(metrics.reason) : undefined,
              withoutPods: pods.status === 'rejected' ? errorParts(pods.reason).message : undefined,
              everySeconds: readEverySeconds,
              now: clock.now(),
            }),
          );
        draw();
        await clock.sleep(readEverySeconds * 1000, signal);
      }
    },
  };
}

async function scopeOf(api: ApiServer, about: ObjectReference, signal: AbortSignal): Promise<PodScope> {
  const { namespace, kind, name } = about;
  if (kind === 'Pod') return { namespace, podName: name };
  if (kind === 'Namespace') return { namespace };
  // Every kind that makes pods names them by a selector in the same place.
  const { spec } = await readObject<DeploymentJson>(api, about, signal);
  return { namespace, labelSelector: labelSelector(spec?.selector) };
}

/** Of pods that are there: a measurement may outlive its pod. */
function usagesOf(pods: readonly PodJson[], measured: readonly PodMetricsJson[]): readonly PodUsage[] {
  return podUsages(pods, measured).filter(({ state }) => state !== undefined);
}

/** Without pods that only have the Deployment's labels: a debugging copy, another's. */
function own(about: ObjectReference, store: ClusterStore, pods: readonly PodJson[]): readonly PodJson[] {
  const records = about.kind === 'Deployment' ? store.find(about.namespace, about.name) : undefined;
  if (records === undefined) return pods;
  const owners = new Set(records.replicaSets.map(({ uid }) => uid));
  return pods.filter((pod) => owners.has(controllerUid(pod)));
}

/** Why there are no metrics, in words for people who may not know what serves them. */
function refusal(error: unknown): { readonly message: string; readonly hint: string } {
  if (!(error instanceof ApiError)) return errorParts(error);
  if (error.reason === 'notFound')
    return {
      message: 'This cluster has no metrics API (metrics.k8s.io).',
      hint: 'It comes with metrics-server, which is not installed here: kubectl top would say the same.',
    };
  if (error.status === 503)
    return {
      message: `The metrics API does not answer: ${error.message}`,
      hint: 'Look at the pods of metrics-server, mostly in the namespace kube-system.',
    };
  return error;
}
