import type { CheckResult } from '../../../../src/domain/runbook/checks.ts';
import type { RevisionRef, RunEvent } from '../../../../src/domain/runbook/events.ts';
import { at, step, target } from './run-parts.ts';

const from: RevisionRef = {
  revision: 8,
  replicaSetUid: 'uid-8',
  replicaSetName: 'veza-backend-api-5d9c7b8f6',
  version: 'v2.4.0',
};
const to: RevisionRef = {
  revision: 7,
  replicaSetUid: 'uid-7',
  replicaSetName: 'veza-backend-api-7f6b9d4c8',
  version: 'v2.3.1',
};
const command =
  'kubectl rollout undo deployment/veza-backend-api --to-revision=7 -n veza-production --context veza-production-eu';

const access: CheckResult['table'] = {
  columns: ['Verb', 'Resource', 'Allowed'],
  rows: [
    { cells: ['patch', 'deployments', 'yes'], tone: 'ok' },
    { cells: ['get', 'pods/log', 'yes'], tone: 'ok' },
    { cells: ['list', 'pods.metrics.k8s.io', 'yes'], tone: 'ok' },
  ],
};

/** What is done before the decision. */
export const untilDecision: readonly RunEvent[] = [
  { at: at(0), kind: 'opened', target, id: '20260509T030000Z-veza-backend-api-1a2b3c', by: 'jane' },
  ...step(
    'access',
    0,
    1,
    { state: 'ok', summary: 'all permitted', table: access },
    'jane at https://10.0.0.1:6443',
  ),
  ...step(
    'returnable',
    1,
    2,
    { state: 'ok', summary: 'revision 7 · v2.3.1' },
    'All that its pods need is there.',
  ),
  ...step(
    'issue',
    1,
    2,
    {
      state: 'ok',
      summary: '3 of 3 pods crash',
      detail: 'The pods end with exit code 1 soon after they start.',
    },
    'Degraded: 3 of 3 pods crash: CrashLoopBackOff',
    'veza-backend-api-5d9c7b8f6-x2k9q: CrashLoopBackOff, 4 restarts',
    'veza-backend-api-5d9c7b8f6-m0p2d: CrashLoopBackOff, 4 restarts',
  ),
  ...step(
    'events',
    2,
    3,
    { state: 'ok', summary: '2 kinds of events' },
    '12 × BackOff: Back-off restarting failed container api in pod veza-backend-api-5d9c7b8f6-x2k9q',
    '3 × Pulled: Container image "registry.veza.com/backend-api:v2.4.0" already present',
  ),
  ...step(
    'endpoint',
    3,
    4,
    { state: 'warning', summary: '503 · 12 ms' },
    'GET https://api.veza.com/health → 503 in 12 ms',
  ),
  ...step(
    'capture',
    4,
    9,
    { state: 'ok', summary: '6 logs, 1,204 lines' },
    '1,204 lines of 6 logs are kept with the run.',
  ),
  ...step(
    'before',
    4,
    5,
    { state: 'ok', summary: 'known' },
    'Ready pods 3, Error lines / min 2, Latency 84 ms (the middle of 58 samples).',
  ),
  {
    at: at(118),
    kind: 'issueSeen',
    words: 'Degraded: 3 of 3 pods crash: CrashLoopBackOff',
    since: '2026-05-09T02:51:30Z',
  },
];

/** The rollback, up to its end. */
export const rollback: readonly RunEvent[] = [
  {
    at: at(120),
    kind: 'rollbackConfirmed',
    from,
    to,
    by: 'jane',
    command,
    changes: [
      {
        path: 'spec.containers[api].image',
        from: 'registry.veza.com/backend-api:v2.4.0',
        to: 'registry.veza.com/backend-api:v2.3.1',
        words: 'image of api: v2.4.0 → v2.3.1',
      },
      {
        path: 'spec.containers[api].env[DATABASE_URL]',
        from: '(not shown)',
        to: '(not shown)',
        words: 'env DATABASE_URL of api changed (not shown)',
      },
      {
        path: 'spec.containers[api].env[TRACKS_SCHEMA]',
        from: 'v2',
        words: 'env TRACKS_SCHEMA of api removed (was v2)',
      },
    ],
  },
  {
    at: at(120.1),
    kind: 'writeIntended',
    intent: {
      kind: 'rollBack',
      ...target,
      uid: 'uid',
      fromRevision: 8,
      toRevision: 7,
      toReplicaSet: 'uid-7',
    },
  },
  { at: at(120.3), kind: 'writeEnded', outcome: { kind: 'applied', generation: 42 } },
  { at: at(131), kind: 'rolloutProgressed', message: '1 out of 3 new replicas have been updated...' },
  {
    at: at(158),
    kind: 'rolloutEnded',
    end: {
      kind: 'complete',
      message: 'deployment "veza-backend-api" successfully rolled out',
      nowRevision: 9,
    },
  },
];

/** Verified, watched, signed off and tidied up, with all that people can do on the way. */
const untilSignOff: readonly RunEvent[] = [
  { at: at(158), kind: 'itemSeen', item: 'executed', state: 'ticked', summary: 'executed' },
  ...step(
    'podsReady',
    158,
    160,
    { state: 'ok', summary: '3 of 3' },
    'veza-backend-api-7f6b9d4c8-b7wlm: Running, ready',
    'veza-backend-api-7f6b9d4c8-qq4zt: Running, ready',
    'veza-backend-api-7f6b9d4c8-zz81k: Running, ready',
  ),
  { at: at(160), kind: 'itemSeen', item: 'pods', state: 'ticked', summary: '3 of 3' },
  ...step(
    'complete',
    160,
    161,
    { state: 'ok', summary: 'complete' },
    'deployment "veza-backend-api" successfully rolled out (ReplicaSet veza-backend-api-7f6b9d4c8)',
  ),
  ...step(
    'health',
    160,
    161,
    { state: 'ok', summary: '200 · 84 ms' },
    'GET https://api.veza.com/health → 200 in 84 ms',
  ),
  { at: at(161), kind: 'itemSeen', item: 'health', state: 'ticked', summary: '200 · 84 ms' },
  ...step(
    'critical',
    160,
    162,
    { state: 'failed', summary: '502 · 30 ms' },
    'GET https://api.veza.com/api/v1/tracks → 502 in 30 ms',
  ),
  ...step(
    'critical',
    175,
    176,
    { state: 'ok', summary: '200 · 96 ms' },
    'GET https://api.veza.com/api/v1/tracks → 200 in 96 ms',
  ),
  { at: at(176), kind: 'itemSeen', item: 'critical', state: 'ticked', summary: '200 · 96 ms' },
  ...step(
    'logs',
    160,
    163,
    { state: 'ok', summary: 'no errors in 311 lines' },
    `311 lines of 3 pods since ${at(120.3)}: none is an error.`,
  ),
  { at: at(163), kind: 'itemSeen', item: 'logs', state: 'ticked', summary: 'no errors in 311 lines' },
  ...step(
    'smoke',
    176,
    204,
    {
      state: 'ok',
      summary: 'exit code 0',
      output: '> smoke\n\n  ✓ lists tracks (96 ms)\n  ✓ plays a track (210 ms)\n\n  2 passing',
    },
    'npm run smoke ended with exit code 0 after 28 s.',
  ),
  { at: at(240), kind: 'itemSeen', item: 'pods', state: 'failed', summary: '2 of 3' },
  { at: at(262), kind: 'itemSeen', item: 'pods', state: 'ticked', summary: '3 of 3' },
  ...step(
    'metrics',
    204,
    504,
    { state: 'warning', summary: 'too few data' },
    '4 samples of memory since the rollback; 5 are asked for.',
  ),
  {
    at: at(300),
    kind: 'stepSkipped',
    step: 'errorRate',
    by: 'jane',
    reason: 'the dashboard shows it: 2 a minute',
  },
  {
    at: at(310),
    kind: 'handedOver',
    by: 'jane',
    to: 'bob',
    note: 'end of my shift, keep watching the cache',
  },
  { at: at(340), kind: 'takenOver', by: 'bob', host: 'laptop-bob' },
  { at: at(341), kind: 'resumed', by: 'bob', host: 'laptop-bob' },
  ...step(
    'watch',
    345,
    945,
    { state: 'ok', summary: '10 min without a change for the worse' },
    'No restart, no error line, the template is as it was put back.',
  ),
  { at: at(950), kind: 'itemOverridden', item: 'metrics', by: 'bob', note: 'memory is flat in Grafana' },
  { at: at(960), kind: 'signed', item: 'users', by: 'bob', note: 'played a track from my phone' },
  { at: at(961), kind: 'itemSeen', item: 'users', state: 'ticked', summary: 'signed by bob' },
  { at: at(970), kind: 'signed', item: 'alerts', by: 'bob', note: '' },
  {
    at: at(980),
    kind: 'taskChanged',
    task: 'holdDeployments',
    by: 'bob',
    state: 'done',
    owner: 'bob',
    note: 'pipeline paused',
  },
  {
    at: at(985),
    kind: 'taskChanged',
    task: 'identifyCause',
    by: 'bob',
    state: 'inProgress',
    owner: 'jane',
    note: 'migration 41 was not run before v2.4.0',
  },
  {
    at: at(990),
    kind: 'taskChanged',
    task: 'updateStatusPage',
    by: 'bob',
    state: 'notNeeded',
    owner: '',
    note: 'outage was not public',
  },
  {
    at: at(995),
    kind: 'taskChanged',
    task: 'schedulePostMortem',
    by: 'bob',
    state: 'open',
    owner: 'carol',
    note: '',
  },
  { at: at(1000), kind: 'signedOff', by: 'bob', note: 'all quiet' },
];

export const wholeRun: readonly RunEvent[] = [...untilDecision, ...rollback, ...untilSignOff].toSorted(
  (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0),
);
