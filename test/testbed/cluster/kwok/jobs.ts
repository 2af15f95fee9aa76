import { durationFrom, fault, notDeleted, notFault, phase, stage } from './stage.ts';
import { changeFirst, condition, status, terminated } from './templates.ts';

const ownedByJob = { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] } as const;
const exitCode = '.metadata.annotations["testbed/exit-code"] // "0"';

/** Pods of Jobs: they end after a while, well or (fault `fail`, or annotation `testbed/exit-code`) not. */
export function jobStages(): object[] {
  const when = [notDeleted, phase('Running'), ownedByJob];
  const after = durationFrom('run-for', '"2s"');
  const failed = [
    status(
      '{{ $code := index ( or .metadata.annotations dict ) "testbed/exit-code" | default "1" }}',
      'phase: Failed',
      'conditions:',
      condition('Ready', false, 'PodFailed'),
      condition('ContainersReady', false, 'PodFailed'),
      ...changeFirst('containerStatuses', ending('{{ $code }}', 'Error')),
    ),
  ];
  return [
    stage({
      name: 'pod-job-succeeds',
      kind: 'Pod',
      weight: 1000,
      when: [...when, notFault('fail'), { key: exitCode, operator: 'In', values: ['0'] }],
      after,
      steps: [
        status(
          'phase: Succeeded',
          'conditions:',
          condition('Ready', false, 'PodCompleted'),
          condition('ContainersReady', false, 'PodCompleted'),
          ...changeFirst('containerStatuses', ending('0', 'Completed')),
        ),
      ],
    }),
    stage({
      name: 'pod-job-exits-with-code',
      kind: 'Pod',
      weight: 1000,
      when: [...when, { key: exitCode, operator: 'NotIn', values: ['0'] }],
      after,
      steps: failed,
    }),
    stage({
      name: 'pod-job-fails',
      kind: 'Pod',
      weight: 1000,
      when: [...when, fault('fail')],
      after,
      steps: failed,
    }),
  ];
}

function ending(exit: string, reason: string): string {
  return `ready: false, started: false, restartCount: {{ $restarts }}, state: {${terminated(exit, reason)}}`;
}
