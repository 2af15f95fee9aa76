import {
  changeCauseAnnotation,
  revisionAnnotation,
  revisionHistoryAnnotation,
  templateHashLabel,
} from './annotations.ts';
import type { DeploymentJson, ReplicaSetJson } from './json.ts';
import type { Kept } from './kept-fields.ts';

const named = { uid: true, namespace: true, name: true, creationTimestamp: true } as const;
const images = { spec: { containers: { name: true, image: true } } } as const;

/** What a Deployment's record is read from. */
export const deploymentPart = {
  metadata: { ...named, generation: true, annotations: { [revisionAnnotation]: true } },
  spec: { replicas: true, paused: true, selector: true, template: images },
  status: {
    observedGeneration: true,
    replicas: true,
    updatedReplicas: true,
    readyReplicas: true,
    availableReplicas: true,
    conditions: true,
  },
} as const;

/** What a ReplicaSet's record is read from. */
export const replicaSetPart = {
  metadata: {
    ...named,
    ownerReferences: true,
    labels: { [templateHashLabel]: true },
    annotations: {
      [revisionAnnotation]: true,
      [revisionHistoryAnnotation]: true,
      [changeCauseAnnotation]: true,
    },
  },
  spec: {
    replicas: true,
    template: { metadata: { annotations: { [changeCauseAnnotation]: true } }, ...images },
  },
  status: { readyReplicas: true },
} as const;

/** What the records of StatefulSets, DaemonSets and Argo Rollouts are read from. */
export const workloadPart = {
  metadata: { ...named, generation: true },
  spec: { replicas: true, paused: true, updateStrategy: true, template: images },
  status: {
    observedGeneration: true,
    readyReplicas: true,
    updatedReplicas: true,
    updateRevision: true,
    currentRevision: true,
    desiredNumberScheduled: true,
    numberReady: true,
    numberAvailable: true,
    updatedNumberScheduled: true,
    phase: true,
    message: true,
  },
} as const;

export type DeploymentPart = Kept<DeploymentJson, typeof deploymentPart>;
export type ReplicaSetPart = Kept<ReplicaSetJson, typeof replicaSetPart>;
/** The same of the JSON of one of those kinds. */
export type WorkloadPart<Json> = Kept<Json, typeof workloadPart>;
