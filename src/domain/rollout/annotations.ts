/** Annotation and label keys of a rollout, as kubectl and the Deployment controller write them. */

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
export const revisionHistoryAnnotation = 'deployment.kubernetes.io/revision-history';
export const changeCauseAnnotation = 'kubernetes.io/change-cause';
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';
export const templateHashLabel = 'pod-template-hash';

/** Keys that an undo leaves as the Deployment has them (kubectl, rollback.go: annotationsToSkip). */
export const annotationsKeptByUndo: ReadonlySet<string> = new Set([
  lastAppliedAnnotation,
  revisionAnnotation,
  revisionHistoryAnnotation,
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);
