import type { HealthState } from './health.ts';
import type { ContainerImage, PodRecord } from './records.ts';

/** The kinds besides Deployment that are shown, without rollback as yet. */
export type WorkloadKind = 'StatefulSet' | 'DaemonSet' | 'Rollout';

/** What a workload's own controller says of it. */
export interface WorkloadStatus {
  readonly state: HealthState;
  /** A sentence that begins with the state: `Progressing: 1 of 3 pods updated`. */
  readonly words: string;
  /** The cause in a few words for a tree row, empty where there is nothing to explain. */
  readonly cause: string;
}

/** What the store keeps of a StatefulSet, DaemonSet or Argo Rollout. */
export interface WorkloadRecord {
  readonly kind: WorkloadKind;
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  /** Pods that it wants: spec.replicas, or the nodes that a DaemonSet wants to run on. */
  readonly desired: number;
  readonly ready: number;
  /** Pods of the newest template. */
  readonly updated: number;
  readonly paused: boolean;
  /** Empty where an Argo Rollout takes its template from elsewhere (`workloadRef`). */
  readonly images: readonly ContainerImage[];
  readonly status: WorkloadStatus;
  /** RFC 3339. */
  readonly createdAt: string;
}

/** A workload with its pods, those of its ReplicaSets included. */
export interface WorkloadRecords {
  readonly workload: WorkloadRecord;
  readonly pods: readonly PodRecord[];
}

const unseenSpec = 'the controller has not seen the newest spec yet';

export const notObserved: WorkloadStatus = {
  state: 'progressing',
  words: `Progressing: ${unseenSpec}`,
  cause: '',
};

export function progressing(words: string): WorkloadStatus {
  return { state: 'progressing', words: `Progressing: ${words}`, cause: '' };
}

/** `note` is something to know though all is well. */
export function healthy(note?: string): WorkloadStatus {
  return { state: 'healthy', words: note === undefined ? 'Healthy' : `Healthy: ${note}`, cause: '' };
}
