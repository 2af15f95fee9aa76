import type { PodRecord } from '../../../../src/domain/rollout/records.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import { runState } from '../../../../src/domain/runbook/state.ts';
import type { PanelModel, StepModel } from '../../../../src/shared/panel-model.ts';
import type { PanelInput } from '../../../../src/views/panel/facts.ts';
import { panelView } from '../../../../src/views/panel/panel-view.ts';
import { crashingPod, deployment, pod, replicaSet } from '../../domain/rollout/objects.ts';
import { target } from '../../domain/runbook/run-events.ts';

const opened: RunEvent = { at: '2026-01-01T00:00:00.000Z', kind: 'opened', target, id: 'run-1', by: 'jane' };

/** The deployment with revision 8 crashing and revision 7 to return to. */
export const degraded = recordsOf(8, { updated: 3, available: 0, ready: 0 }, crashing('bad-uid'));
/** The same after the undo: revision 7 runs as 9. */
export const returned = recordsOf(9, {}, ready('good-uid'));

export function recordsOf(
  revision: number,
  counts: Parameters<typeof deployment>[0],
  pods: readonly PodRecord[],
): NonNullable<PanelInput['records']> {
  const good = replicaSet('good', { revision: revision === 9 ? 9 : 7, createdAt: '2026-01-01T00:00:00Z' });
  const desired = revision === 9 ? 0 : 3;
  const bad = replicaSet('bad', { revision: 8, desired, images: [{ name: 'api', image: 'api:v3' }] });
  return { deployment: deployment({ revision, ...counts }), replicaSets: [good, bad], pods };
}

function ready(owner: string): readonly PodRecord[] {
  return ['a', 'b', 'c'].map((name) => pod(`api-x-${name}`, owner));
}

export function crashing(owner: string): readonly PodRecord[] {
  return ['a', 'b', 'c'].map((name) => crashingPod(`api-x-${name}`, owner));
}

/** The panel after these events, with the cluster as it is now. */
export function panel(events: readonly RunEvent[], changes: Partial<PanelInput> = {}): PanelModel {
  return panelView({
    run: runState(target, [opened, ...events]),
    records: degraded,
    store: { kind: 'live' },
    kubeconfig: undefined,
    cluster: 'demo-cluster',
    server: 'https://demo',
    user: 'jane',
    health: undefined,
    critical: undefined,
    endpoints: { health: undefined, critical: [] },
    readyWithinSeconds: 300,
    protected: false,
    readOnly: false,
    verifying: false,
    now: '2026-01-01T00:10:00.000Z',
    ...changes,
  });
}

export function step(model: PanelModel, id: string): StepModel {
  const found = model.steps.find((each) => each.id === id);
  if (found === undefined) throw new Error(`there is no step ${id}`);
  return found;
}
