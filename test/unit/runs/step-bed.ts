import { ClusterStore } from '../../../src/cluster/store/store.ts';
import type { FigureBaseline } from '../../../src/domain/figures/baseline.ts';
import type { FigureSample } from '../../../src/domain/figures/sample.ts';
import type { PodJson } from '../../../src/domain/rollout/json.ts';
import { next, runState, type RunState } from '../../../src/domain/runbook/state.ts';
import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import type { RunbookSettings } from '../../../src/runs/runbook-settings.ts';
import type { StepPlace } from '../../../src/runs/steps/step-handler.ts';
import { namedOnly } from '../cluster/named-only.ts';
import { added, events, listEnd, type WatchScript } from '../cluster/watch-script.ts';
import { replicaSetJson, revision } from '../domain/rollout/objects.ts';
import { applied, complete, confirmed, intended, target } from '../domain/runbook/run-events.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { bad, good, rollout, rolloutScript } from './rollout-script.ts';
import { plainSettings } from './plain-settings.ts';

/** A run whose rollback was complete at the beginning of virtual time. */
export function rolledBack(at: string, ...more: readonly RunEvent[]): RunState {
  const past = [confirmed, intended, applied, complete].map((event) => ({ ...event, at }));
  return more.reduce(next, runState(target, past));
}

/** Figures as a recorder has them, told by the test. */
export class ToldFigures {
  samples: readonly FigureSample[] = [];
  baseline: FigureBaseline | undefined;
  /** How many steps have it recorded as if somebody looked. */
  held = 0;
  readonly #listeners = new Set<() => void>();

  tell(...samples: readonly FigureSample[]): void {
    this.samples = [...this.samples, ...samples];
    for (const listener of this.#listeners) listener();
  }

  settings(): NonNullable<ReturnType<RunbookSettings['figures']>> {
    return {
      recorded: () => ({ samples: this.samples, baseline: this.baseline, usageMissing: undefined }),
      onDidChange: (listener) => {
        this.#listeners.add(listener);
        return { dispose: () => this.#listeners.delete(listener) };
      },
      hold: () => {
        this.held++;
        return { dispose: () => void this.held-- };
      },
    };
  }
}

/** The pods `a`, `b` and `c` of the revision that was put back, which the test may change. */
export interface WatchedCluster {
  readonly api: WatchScript;
  readonly store: ClusterStore;
  /** Moves time on while the watches are alive: a bookmark comes every few seconds. */
  advance(ms: number): Promise<void>;
  /** A change of an object as a watch tells it. */
  change(
    kind: 'deployments' | 'replicasets' | 'pods',
    type: 'ADDED' | 'MODIFIED' | 'DELETED',
    object: object,
  ): void;
}

const aliveEveryMs = 5_000;
let versions = 100;

/** The Deployment `shop/api` after its rollback to `good`, which a store follows. */
export function watchedCluster(clock: VirtualClock): WatchedCluster {
  const bodies = {
    deployments: events(added(rollout(good, 3)), listEnd('1')),
    replicasets: events(
      added(replicaSetJson('good', good, revision(3))),
      added(replicaSetJson('bad', bad, revision(2))),
      listEnd('1'),
    ),
    pods: events(...['a', 'b', 'c'].map((name) => added(podOf(name))), listEnd('1')),
  };
  const api = rolloutScript(rollout(good, 3))
    .on('/apis/apps/v1/deployments', bodies.deployments)
    .on('/apis/apps/v1/replicasets', bodies.replicasets)
    .on('/api/v1/pods', bodies.pods);
  return {
    api,
    store: new ClusterStore(api, clock, namedOnly('shop')),
    async advance(ms) {
      for (let left = ms; left > 0; left -= aliveEveryMs) {
        const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: String(versions++) } } };
        for (const body of Object.values(bodies)) body.write(`${JSON.stringify(bookmark)}\n`);
        await clock.advance(Math.min(left, aliveEveryMs));
      }
    },
    change: (kind, type, object) => void bodies[kind].write(`${JSON.stringify({ type, object })}\n`),
  };
}

/** A pod of the revision that was put back. */
export function podOf(name: string, restarts = 0, state: object = { running: {} }): PodJson {
  const ready = 'running' in state;
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: 'api-good',
    uid: 'good-uid',
    controller: true,
  };
  return {
    metadata: {
      uid: `${name}-uid`,
      namespace: 'shop',
      name,
      ownerReferences: [owner],
      resourceVersion: String(restarts + 2),
    },
    spec: { containers: [{ name: 'api', image: 'api:v1' }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [
        { name: 'api', image: 'api:v1', imageID: '', ready, restartCount: restarts, state },
      ],
    },
  };
}

/** Where a step looks, in this cluster and with these settings. */
export function placeOf(
  { api, store }: Pick<WatchedCluster, 'api' | 'store'>,
  clock: VirtualClock,
  run: RunState,
  settings: Partial<RunbookSettings> = {},
): StepPlace {
  const context = { name: 'demo', cluster: 'demo', server: api.server, user: 'jane', namespace: 'shop' };
  const writer = { send: () => Promise.reject(new Error('nothing may be written')) };
  return {
    connection: { context, api, writer, store },
    clock,
    run,
    settings: { ...plainSettings, ...settings },
  };
}
