import { event } from './event.ts';
import { backOff, backOffMessage, ended } from './restarting.ts';
import { type Condition, fault, notDeleted, phase, stage } from './stage.ts';
import {
  changeFirst,
  conditions,
  crashLoopBackOff,
  neverRan,
  placed,
  restarted,
  status,
} from './templates.ts';

const hasInitContainer: Condition = { key: '.spec.initContainers[0].name', operator: 'Exists' };

/** A pod whose first init container fails again and again; without one it is a healthy pod. */
export function initContainerStages(): object[] {
  const when = [notDeleted, phase('Pending'), fault('init'), hasInitContainer];
  return [
    stage({
      name: 'pod-init-starts',
      kind: 'Pod',
      weight: 1000,
      when: [...when, { key: '.status.initContainerStatuses[0].name', operator: 'DoesNotExist' }],
      steps: [
        status(
          'phase: Pending',
          ...placed,
          ...conditions(false, false),
          ...neverRan('PodInitializing', 'null'),
          ...initContainerStarts,
        ),
      ],
    }),
    stage({
      name: 'pod-init-ends',
      kind: 'Pod',
      weight: 1000,
      when: [...when, state('running')],
      after: '"1s"',
      steps: [status(...changeFirst('initContainerStatuses', ended(1, 'Error')))],
    }),
    stage({
      name: 'pod-init-backs-off',
      kind: 'Pod',
      weight: 1000,
      when: [...when, state('terminated')],
      after: '"1s"',
      steps: [
        status(...changeFirst('initContainerStatuses', crashLoopBackOff)),
        event('Warning', 'BackOff', backOffMessage.replace('.spec.containers', '.spec.initContainers')),
      ],
    }),
    stage({
      name: 'pod-init-restarts',
      kind: 'Pod',
      weight: 1000,
      when: [...when, state('waiting')],
      after: backOff('(.status.initContainerStatuses[0].restartCount + 1)'),
      steps: [status(...changeFirst('initContainerStatuses', restarted(false, '{{ .lastState | toJson }}')))],
    }),
  ];
}

/** The first init container runs, the ones after it wait for it. */
const initContainerStarts = [
  'initContainerStatuses:',
  '{{ range $i, $c := .spec.initContainers }}{{ with $c }}',
  '- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: "", ready: false, started: false, restartCount: 0,' +
    ' state: {{ if eq $i 0 }}{running: {startedAt: {{ $now | Quote }}}}{{ else }}{waiting: {reason: PodInitializing}}{{ end }}}',
  '{{ end }}{{ end }}',
];

function state(name: 'running' | 'terminated' | 'waiting'): Condition {
  return { key: `.status.initContainerStatuses[0].state.${name}`, operator: 'Exists' };
}
