import { event } from './event.ts';
import { durationFrom, fault, notDeleted, notFault, phase, stage } from './stage.ts';
import { condition, conditions, firstStart, placed, status } from './templates.ts';

const READY_CONDITION = '.status.conditions.[] | select( .type == "Ready" ) | .status';

/** Faults of pods that run without being Ready at first. */
const RUNNING_NOT_READY = ['slow', 'unready', 'crash', 'oom', 'liveness'];

/** Pods that start, become Ready at once, later or never, and are deleted. */
export function podStages(): object[] {
  return [
    stage({
      name: 'pod-delete',
      kind: 'Pod',
      weight: 100_000,
      when: [{ key: '.metadata.deletionTimestamp', operator: 'Exists' }],
      after: durationFrom('delete-after', '"1s"'),
      steps: [{ delete: true }],
    }),
    stage({
      name: 'pod-ready',
      kind: 'Pod',
      when: [notDeleted, phase('Pending'), notFault('nopull', 'noconfig')],
      steps: [status('phase: Running', ...placed, ...conditions(true), ...firstStart(true))],
    }),
    startNotReady('pod-running-not-ready', RUNNING_NOT_READY, true),
    startNotReady('pod-running-not-started', ['startup'], false),
    stage({
      name: 'pod-slow-ready',
      kind: 'Pod',
      weight: 1000,
      when: [
        notDeleted,
        phase('Running'),
        { key: READY_CONDITION, operator: 'In', values: ['False'] },
        fault('slow'),
      ],
      after: durationFrom('ready-after', '"8s"'),
      steps: [status(...conditions(true), ...firstStart(true))],
    }),
    stage({
      name: 'pod-unready',
      kind: 'Pod',
      weight: 1000,
      when: [notDeleted, phase('Running'), fault('unready')],
      after: '"10s"',
      steps: [
        event('Warning', 'Unhealthy', '"Readiness probe failed: HTTP probe failed with statuscode: 503"'),
        // Any change makes kwok look at the pod again, for the next failure of its probe.
        status('conditions:', '- {type: Ready, status: "False", lastProbeTime: {{ $now | Quote }}}'),
      ],
    }),
    stage({
      name: 'pod-evicted',
      kind: 'Pod',
      weight: 1000,
      when: [notDeleted, phase('Running'), fault('evicted')],
      after: durationFrom('evict-after', '"5s"'),
      steps: [
        status(
          'phase: Failed',
          'reason: Evicted',
          `message: "${EVICTED}"`,
          'conditions:',
          condition('Ready', false, 'PodFailed'),
          condition('ContainersReady', false, 'PodFailed'),
          condition('DisruptionTarget', true, 'TerminationByKubelet', `"${EVICTED}"`),
          'containerStatuses: []',
        ),
        event('Warning', 'Evicted', `"${EVICTED}"`),
      ],
    }),
  ];
}

const EVICTED =
  'The node was low on resource: memory. Threshold quantity: 100Mi, available: 42Mi. Container app was using 612Mi, request is 128Mi, has larger consumption of memory. ';

function startNotReady(name: string, faults: readonly string[], started: boolean): object {
  return stage({
    name,
    kind: 'Pod',
    weight: 1000,
    when: [notDeleted, phase('Pending'), fault(...faults)],
    steps: [status('phase: Running', ...placed, ...conditions(false), ...firstStart(false, started))],
  });
}
