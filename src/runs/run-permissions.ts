import { type Permission, type PermissionAnswer, permissionWords } from '../cluster/permissions.ts';
import { checkSteps, type StepId } from '../domain/runbook/steps.ts';

/** What a run asks a cluster for, and what cannot be done without it. */
export interface RunPermission extends Permission {
  /** In words of the panel: `Roll back`, `Recent events`. */
  readonly what: string;
  /**
   * `rollback`: without it nothing can be rolled back. `step`: a step cannot be told. `part`: a step is carried out, and says
   * what of it is not known.
   */
  readonly need: 'rollback' | 'step' | 'part';
}

const steps = (...ids: readonly StepId[]) => ids.map((id) => checkSteps[id].title).join(', ');

const revisions = steps('returnable');
const pods = steps('issue', 'podsReady', 'capture', 'watch');
const usage = steps('capture', 'metrics');
const lease = 'Telling other machines that a rollback is carried out';
const nodes = 'Node pressure, where pods fail';

/** Everything that the steps of a run ask for, in their order. Scaling, pausing and restarting are patches too. */
export const runPermissions: readonly RunPermission[] = [
  { verb: 'get', group: 'apps', resource: 'deployments', what: 'Every step', need: 'rollback' },
  { verb: 'list', group: 'apps', resource: 'replicasets', what: revisions, need: 'rollback' },
  { verb: 'patch', group: 'apps', resource: 'deployments', what: 'Roll back', need: 'rollback' },
  { verb: 'list', group: 'apps', resource: 'deployments', what: steps('issue'), need: 'step' },
  {
    verb: 'watch',
    group: 'apps',
    resource: 'deployments',
    what: `Roll back, ${steps('watch')}`,
    need: 'step',
  },
  { verb: 'watch', group: 'apps', resource: 'replicasets', what: steps('issue', 'podsReady'), need: 'step' },
  { verb: 'list', group: '', resource: 'pods', what: pods, need: 'step' },
  { verb: 'watch', group: '', resource: 'pods', what: pods, need: 'step' },
  {
    verb: 'get',
    group: '',
    resource: 'pods',
    subresource: 'log',
    what: steps('capture', 'logs', 'errorRate'),
    need: 'step',
  },
  { verb: 'list', group: '', resource: 'events', what: steps('events'), need: 'step' },
  { verb: 'list', group: 'metrics.k8s.io', resource: 'pods', what: usage, need: 'part' },
  { verb: 'get', group: '', resource: 'configmaps', what: revisions, need: 'part' },
  { verb: 'get', group: '', resource: 'secrets', what: revisions, need: 'part' },
  { verb: 'get', group: '', resource: 'persistentvolumeclaims', what: revisions, need: 'part' },
  { verb: 'get', group: '', resource: 'serviceaccounts', what: revisions, need: 'part' },
  { verb: 'list', group: '', resource: 'resourcequotas', what: revisions, need: 'part' },
  { verb: 'get', group: '', resource: 'nodes', clusterWide: true, what: nodes, need: 'part' },
  { verb: 'get', group: 'metrics.k8s.io', resource: 'nodes', clusterWide: true, what: nodes, need: 'part' },
  { verb: 'get', group: 'coordination.k8s.io', resource: 'leases', what: lease, need: 'part' },
  { verb: 'create', group: 'coordination.k8s.io', resource: 'leases', what: lease, need: 'part' },
  { verb: 'patch', group: 'coordination.k8s.io', resource: 'leases', what: lease, need: 'part' },
];

/** What is not allowed of this need, as `kubectl auth can-i` spells it. */
export function lacking(
  answers: readonly PermissionAnswer<RunPermission>[],
  need: RunPermission['need'],
): readonly PermissionAnswer<RunPermission>[] {
  return answers.filter(({ allowed, permission }) => !allowed && permission.need === need);
}

/** `get secrets, get nodes`. */
export function lackingWords(answers: readonly PermissionAnswer[]): string {
  return answers.map(({ permission }) => permissionWords(permission)).join(', ');
}
