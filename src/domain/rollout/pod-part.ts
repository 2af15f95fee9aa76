import type { PodJson } from './json.ts';
import type { Kept } from './kept-fields.ts';

const container = {
  name: true,
  image: true,
  restartPolicy: true,
  readinessProbe: {},
  startupProbe: {},
} as const;

/** What a pod's state, its problem and its record are read from. */
export const podPart = {
  metadata: {
    uid: true,
    namespace: true,
    name: true,
    ownerReferences: true,
    creationTimestamp: true,
    deletionTimestamp: true,
  },
  spec: { nodeName: true, initContainers: container, containers: container },
  status: {
    phase: true,
    reason: true,
    message: true,
    conditions: true,
    initContainerStatuses: true,
    containerStatuses: true,
  },
} as const;

export type PodPart = Kept<PodJson, typeof podPart>;
