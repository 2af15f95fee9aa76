import type { PodJson } from '../../../../src/domain/rollout/json.ts';
import { podCause } from '../../../../src/domain/rollout/pod-cause.ts';
import { podRecord } from '../../../../src/domain/rollout/pod-record.ts';

/** Statuses of pods and containers as a kubelet writes them, and what is read of them. */

type Status = NonNullable<PodJson['status']>;
export type ContainerStatus = NonNullable<Status['containerStatuses']>[number];
export type Spec = NonNullable<PodJson['spec']>;

export function container(
  name: string,
  state: ContainerStatus['state'],
  more: Partial<ContainerStatus> = {},
): ContainerStatus {
  return { name, image: '', imageID: '', ready: false, restartCount: 0, ...(state && { state }), ...more };
}

export const running = { running: { startedAt: '2026-01-01T00:00:00Z' } };
export const waiting = (reason: string, message?: string) => ({
  waiting: { reason, ...(message && { message }) },
});
export const ended = (exitCode: number, reason?: string, finishedAt = '2026-01-01T00:00:00Z') => ({
  terminated: { exitCode, ...(reason && { reason }), finishedAt },
});
export const crashed = { restartCount: 4, lastState: ended(1, 'Error') };
export const ready = [{ type: 'Ready', status: 'True' }];
export const initialized = [{ type: 'Initialized', status: 'True' }];
export const migrate: Partial<Spec> = { initContainers: [{ name: 'migrate' }] };
export const sidecar: Partial<Spec> = { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }] };
export const gone = { deletionTimestamp: '2026-01-01T00:00:00Z' };

export function runningPod(...containers: ContainerStatus[]): Status {
  return { phase: 'Running', containerStatuses: containers };
}

/** What is read of a pod: state, failing, restarts, cause. */
export type Expected = readonly [state: string, failing: boolean, restarts: number, cause: string];

export function readOf(json: PodJson): Expected {
  const record = podRecord(json);
  return [record.state, record.failing, record.restarts, podCause(record)];
}
