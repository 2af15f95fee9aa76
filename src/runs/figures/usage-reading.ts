import type { ApiServer } from '../../cluster/api-server.ts';
import { ApiError } from '../../cluster/errors/api-error.ts';
import { labelSelector } from '../../domain/rollout/label-selector.ts';
import { readPodMetrics } from '../../cluster/reads/metrics.ts';
import { readObject } from '../../cluster/reads/objects.ts';
import type { DeploymentJson } from '../../domain/rollout/json.ts';
import type { DeploymentRecord, PodRecord } from '../../domain/rollout/records.ts';
import { podUsages, totalUsage } from '../../domain/usage/pod-usage.ts';

/** Where metrics are not to be had, they are asked for again after so many ms. */
const againMs = 5 * 60_000;

export interface PodsUsage {
  /** Thousandths of a core. */
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

/** What a deployment's pods use together, from the metrics API. */
export class UsageReading {
  readonly #api: ApiServer;
  #selector: { readonly uid: string; readonly labels: string } | undefined;
  #notBefore = 0;
  #missing: string | undefined;

  constructor(api: ApiServer) {
    this.#api = api;
  }

  /** Why there is nothing, as a short note; undefined while there is something. */
  get missing(): string | undefined {
    return this.#missing;
  }

  /** Undefined where it is not known: no metrics API, no permission, or a pod that is ready and not yet measured. */
  async read(
    deployment: DeploymentRecord,
    pods: readonly PodRecord[],
    now: number,
    signal: AbortSignal,
  ): Promise<PodsUsage | undefined> {
    if (now < this.#notBefore) return undefined;
    const { namespace } = deployment;
    try {
      const metrics = await readPodMetrics(
        this.#api,
        { namespace, labelSelector: await this.#labels(deployment, signal) },
        signal,
      );
      this.#missing = undefined;
      const names = new Set(pods.map(({ name }) => name));
      const own = metrics.filter(({ metadata }) => names.has(metadata?.name ?? ''));
      const measured = new Set(own.map(({ metadata }) => metadata?.name));
      if (pods.some(({ name, ready }) => ready && !measured.has(name))) return undefined;
      const { cpu, memory } = totalUsage(podUsages([], own));
      if (cpu.used === undefined || memory.used === undefined) return undefined;
      return { cpuMilli: Number(cpu.used) / 1e6, memoryBytes: Number(memory.used) / 1e9 };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const missing = missingWords(error);
      if (missing !== undefined) {
        this.#missing = missing;
        this.#notBefore = now + againMs;
      }
      return undefined;
    }
  }

  async #labels(deployment: DeploymentRecord, signal: AbortSignal): Promise<string> {
    const { uid, namespace, name } = deployment;
    if (this.#selector?.uid === uid) return this.#selector.labels;
    const object = { kind: 'Deployment', namespace, name } as const;
    const { spec } = await readObject<DeploymentJson>(this.#api, object, signal);
    const labels = labelSelector(spec?.selector);
    this.#selector = { uid, labels };
    return labels;
  }
}

/** Undefined for what may pass by itself soon. */
function missingWords({ reason }: ApiError): string | undefined {
  if (reason === 'notFound' || reason === 'serverError') return 'no metrics-server';
  return reason === 'forbidden' ? 'not permitted' : undefined;
}
