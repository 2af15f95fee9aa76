import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ClusterStore } from '../../../src/cluster/store/store.ts';
import type { PodJson } from '../../../src/domain/rollout/json.ts';
import type { CheckResult } from '../../../src/domain/runbook/checks.ts';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { runState } from '../../../src/domain/runbook/state.ts';
import type { RunbookSettings } from '../../../src/runs/runbook-settings.ts';
import type { StepHandler } from '../../../src/runs/steps/step-handler.ts';
import { namedOnly } from '../cluster/named-only.ts';
import { deploymentJson, replicaSetJson, revision, template } from '../domain/rollout/objects.ts';
import { target } from '../domain/runbook/run-events.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { plainSettings } from './plain-settings.ts';
import { RunApi } from './run-api.ts';

export const namespace = '/api/v1/namespaces/shop';
const apps = '/apis/apps/v1';

export const good = replicaSetJson('good', template('api:v1'), revision(7));
export const bad = replicaSetJson('bad', template('api:v2'), revision(8));

/** A pod of the ReplicaSet `bad` that crashed twice. */
export function crashing(name: string, ready = false): PodJson {
  const end = { exitCode: 1, reason: 'Error', finishedAt: '2026-01-01T00:00:00Z' };
  return {
    metadata: {
      uid: `${name}-uid`,
      namespace: 'shop',
      name,
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-bad', uid: 'bad-uid', controller: true },
      ],
    },
    spec: { nodeName: 'node-1', containers: [{ name: 'api', image: 'api:v2' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [
        {
          name: 'api',
          image: 'api:v2',
          imageID: '',
          ready,
          restartCount: ready ? 0 : 2,
          state: ready ? { running: {} } : { waiting: { reason: 'CrashLoopBackOff' } },
          ...(ready ? {} : { lastState: { terminated: end } }),
        },
      ],
    },
  };
}

/** The Deployment `shop/api` on revision 8, whose two pods crash, with revision 7 to return to; and a folder. */
export class RunBed {
  readonly api = new RunApi();
  readonly clock = new VirtualClock();
  readonly folder: string;
  #store: ClusterStore | undefined;

  private constructor(folder: string) {
    this.folder = folder;
    const live = {
      ...deploymentJson(template('api:v2'), revision(8)),
      status: { observedGeneration: 5, replicas: 2, updatedReplicas: 2 },
    };
    this.api.objects[`${apps}/namespaces/shop/deployments/api`] = live;
    this.api.objects[`${apps}/namespaces/shop/replicasets`] = { items: [good, bad] };
    this.api.objects[`${namespace}/resourcequotas`] = { items: [] };
    this.api.objects[`${namespace}/events`] = { items: [] };
    this.api.watched[`${apps}/deployments`] = [live];
    this.api.watched[`${apps}/replicasets`] = [good, bad];
    this.api.watched['/api/v1/pods'] = [crashing('api-a'), crashing('api-b')];
  }

  static async make(): Promise<RunBed> {
    return new RunBed(await mkdtemp(join(tmpdir(), 'run-bed-')));
  }

  get store(): ClusterStore {
    return (this.#store ??= new ClusterStore(this.api, this.clock, namedOnly('shop')));
  }

  get connection() {
    const context = {
      name: 'demo',
      cluster: 'demo',
      server: this.api.server,
      user: 'jane',
      namespace: 'shop',
    };
    return { context, api: this.api, writer: this.api, store: this.store };
  }

  get settings(): RunbookSettings {
    return { ...plainSettings, attachments: join(this.folder, 'kept') };
  }

  /** Carries one step out, after the cluster was seen. */
  async result(
    handler: StepHandler,
    settings: Partial<RunbookSettings> = {},
    after: readonly RunEvent[] = [],
    signal = new AbortController().signal,
  ): Promise<CheckResult> {
    const { connection, clock } = this;
    await clock.advance(100);
    const run = runState(target, after);
    const place = { connection, clock, run, settings: { ...this.settings, ...settings } };
    return handler(place, () => undefined, signal);
  }

  async close(): Promise<void> {
    this.#store?.dispose();
    await rm(this.folder, { recursive: true });
  }
}

export function wordsOf({ evidence }: CheckResult): string {
  return evidence.map(({ text }) => text).join('\n');
}
