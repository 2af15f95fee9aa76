import { containerName, event } from './event.ts';
import { type Condition, durationFrom, fault, notDeleted, stage } from './stage.ts';
import { changeFirst, crashLoopBackOff, restarted, status, terminated } from './templates.ts';

/** How a container that is restarted again and again ends each time. */
interface Ending {
  readonly fault: string;
  readonly exitCode: number;
  readonly reason: 'Error' | 'OOMKilled';
  /** How long it runs, as jq. */
  readonly after: string;
  /** Whether its startup probe was ever passed. */
  readonly started: boolean;
  readonly events: readonly object[];
}

const ENDINGS: readonly Ending[] = [
  { fault: 'crash', exitCode: 1, reason: 'Error', after: runs('"1s"'), started: true, events: [] },
  { fault: 'oom', exitCode: 137, reason: 'OOMKilled', after: runs('"1s"'), started: true, events: [] },
  probed('liveness', 'Liveness', '"3s"', true),
  probed('startup', 'Startup', '"3s"', false),
];

/**
 * A container's life when it crashes: Running, then Error (terminated), the first time started again at once, later
 * after CrashLoopBackOff, whose delay doubles from 10 s to 5 min as the kubelet's does.
 */
export function restartingStages(): object[] {
  return ENDINGS.flatMap((ending) => [
    stage({
      name: `pod-${ending.fault}-ends`,
      kind: 'Pod',
      weight: 1000,
      when: [notDeleted, fault(ending.fault), state('running')],
      after: ending.after,
      steps: [
        ...ending.events,
        status(...changeFirst('containerStatuses', ended(ending.exitCode, ending.reason))),
      ],
    }),
    stage({
      name: `pod-${ending.fault}-backs-off`,
      kind: 'Pod',
      weight: 1000,
      when: [notDeleted, fault(ending.fault), state('terminated'), restarts('NotIn')],
      after: '"1s"',
      steps: [
        status(...changeFirst('containerStatuses', crashLoopBackOff)),
        event('Warning', 'BackOff', backOffMessage),
      ],
    }),
    stage({
      name: `pod-${ending.fault}-restarts-at-once`,
      kind: 'Pod',
      weight: 1000,
      when: [notDeleted, fault(ending.fault), state('terminated'), restarts('In')],
      after: '"500ms"',
      steps: [
        status(...changeFirst('containerStatuses', restarted(ending.started, '{{ .state | toJson }}'))),
      ],
    }),
    stage({
      name: `pod-${ending.fault}-restarts`,
      kind: 'Pod',
      weight: 1000,
      when: [notDeleted, fault(ending.fault), state('waiting')],
      after: backOff('.status.containerStatuses[0].restartCount'),
      steps: [
        status(...changeFirst('containerStatuses', restarted(ending.started, '{{ .lastState | toJson }}'))),
      ],
    }),
  ]);
}

/** The kubelet's back-off after so many restarts, as jq; a template can set it by annotation. */
export function backOff(restartCount: string): string {
  return durationFrom('back-off', `(([10 * pow(2; ${restartCount} - 1), 300] | min | tostring) + "s")`);
}

export const backOffMessage = `( printf "Back-off restarting failed container %s in pod %s_%s(%s)" ${containerName} .metadata.name .metadata.namespace .metadata.uid )`;

export function ended(exitCode: number, reason: string): string {
  return (
    `ready: false, started: false, restartCount: {{ $restarts }}, state: {${terminated(exitCode, reason)}}` +
    '{{ with .lastState }}, lastState: {{ . | toJson }}{{ end }}'
  );
}

function probed(name: string, title: string, after: string, started: boolean): Ending {
  return {
    fault: name,
    exitCode: 137,
    reason: 'Error',
    after: runs(after),
    started,
    events: [
      event('Warning', 'Unhealthy', `"${title} probe failed: HTTP probe failed with statuscode: 500"`),
      event(
        'Normal',
        'Killing',
        `( printf "Container %s failed ${name} probe, will be restarted" ${containerName} )`,
      ),
    ],
  };
}

function runs(otherwise: string): string {
  return durationFrom('crash-after', otherwise);
}

function state(name: 'running' | 'terminated' | 'waiting'): Condition {
  return { key: `.status.containerStatuses[0].state.${name}`, operator: 'Exists' };
}

/** Whether the container was never restarted yet (In) or was (NotIn). */
function restarts(operator: 'In' | 'NotIn'): Condition {
  return { key: '.status.containerStatuses[0].restartCount | tostring', operator, values: ['0'] };
}
