import type {
  ChecklistItemModel,
  HeaderModel,
  PanelModel,
  PhaseModel,
  PodSquares,
  StepModel,
} from '../../../src/shared/panel-model.ts';
import { BEFORE_FIGURES, FIGURES } from './sample-figures.ts';
import { runSamples } from './sample-runs.ts';

/** The models that the preview and its tests show. Times are seconds from `at(0)`, a moment in the night. */
export const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 4, 9, 3, 0, 0) + seconds * 1000).toISOString();

const PHASES = 'Prerequisites,Verify issue,Choose revision,Roll back,Verify,Functional,Watch,Clean up'.split(
  ',',
);

function phases(now: number, failed = false): readonly PhaseModel[] {
  return PHASES.map((title, index) => {
    const here = failed ? 'failed' : 'now';
    return { id: title, title, state: index < now ? 'done' : index === now ? here : 'todo' };
  });
}

function step(id: string, title: string, part: Partial<StepModel> = {}): StepModel {
  return {
    id,
    title,
    phase: 'Roll back',
    state: 'todo',
    pods: [],
    evidence: [],
    commands: [],
    actions: [],
    advice: [],
    open: false,
    ...part,
  };
}

function pods(label: string, states: readonly PodSquares['pods'][number]['state'][]): PodSquares {
  return {
    label,
    pods: states.map((state, index) => ({
      name: `veza-backend-api-5d9c-${index}`,
      state,
      title: `veza-backend-api-5d9c-${index}: ${state}`,
    })),
  };
}

const COPY = 'kubectl rollout undo deployment/veza-backend-api --to-revision=7 -n veza-production';

const DONE_STEPS: readonly StepModel[] = [
  step('cluster', 'Cluster and permissions', {
    state: 'ok',
    summary: '9 of 9 permissions granted',
    took: { since: at(-30), until: at(-29.6) },
    evidence: [
      { text: 'Kubernetes 1.37.2 answers in 12 ms', tone: 'ok', at: at(-30) },
      { text: 'patch deployments in veza-production: allowed', tone: 'ok', at: at(-29.6) },
    ],
    commands: ['kubectl auth can-i patch deployments -n veza-production'],
  }),
  step('issue', 'Issue confirmed', { state: 'ok', summary: '3 pods crash-looping, 40 s after rev 8' }),
  step('evidence', 'Evidence captured', {
    state: 'warning',
    summary: '1,204 log lines, 3 last crashes',
    detail: 'One pod had no previous log.',
  }),
  step('revision', 'Revision 7 chosen', {
    state: 'ok',
    summary: 'image, config and secrets there',
    evidence: [{ text: 'ConfigMap veza-backend-config is there', tone: 'ok', at: at(2) }],
  }),
];

const COMING_STEPS: readonly StepModel[] = [
  step('ready', 'Pods ready within 300 s'),
  step('endpoints', 'Health and critical endpoints'),
  step('logs', 'Logs free of errors'),
  step('smoke', 'Smoke tests', { state: 'skipped', summary: 'no task chosen' }),
];

function item(
  id: string,
  title: string,
  state: ChecklistItemModel['state'] = 'pending',
  summary = '',
  part: Partial<ChecklistItemModel> = {},
): ChecklistItemModel {
  return { id, title, state, summary, evidence: [], actions: [], ...part };
}

const CHECKLIST: PanelModel['checklist'] = {
  ticked: 2,
  items: [
    item('previous', 'Previous version identified', 'ticked', 'rev 7 · v2.3.1', {
      evidence: [{ text: 'Revision 7 served for 6 days without a restart', tone: 'ok', at: at(1) }],
    }),
    item('executed', 'Rollback executed', 'ticked', '03:00:31'),
    item('pods', 'Pods are running and ready', 'running', '2 of 3', {
      evidence: [
        { text: '2 of 3 pods of revision 7 are Ready', tone: 'plain', at: at(49) },
        { text: 'api-x2k9q: CrashLoopBackOff', tone: 'failed', at: at(50), pod: 'api-x2k9q' },
      ],
    }),
    item('health', 'Health checks passing', 'failed', '503 · 12 ms', {
      evidence: [
        { text: 'GET /health 503 in 12 ms', tone: 'failed', at: at(48) },
        { text: 'GET /api/v1/tracks 200 in 18 ms', tone: 'ok', at: at(48) },
      ],
    }),
    item('errors', 'Application logs show no errors'),
    item('endpoints', 'Critical endpoints responding', 'pending', '', {
      actions: [{ action: 'configureEndpoints', label: 'Configure Endpoints…' }],
    }),
    item('metrics', 'Metrics normalized', 'pending', 'not measured'),
    item('users', 'Users can access the platform', 'pending', 'sign', {
      actions: [{ action: 'sign', target: 'users', label: 'Sign…' }],
    }),
    item('alerts', 'Monitoring alerts cleared', 'pending', '1 firing'),
  ],
};

const HEADER: HeaderModel = {
  tone: 'running',
  name: 'veza-backend-api',
  namespace: 'veza-production',
  context: 'prod-eu1',
  protected: true,
  words: 'last known good · 2 of 3 pods ready',
  doing: 'Rolling back',
  from: { number: '8', version: 'v2.4.0', tone: 'bad' },
  to: { number: '7', version: 'v2.3.1', tone: 'good' },
  elapsed: { since: new Date(Date.now() - 161_000).toISOString(), label: 'since detection' },
  primary: { action: 'verify', label: 'Verify now', key: 'Ctrl+Enter' },
  secondary: [
    { action: 'showDiff', label: 'Show diff' },
    { action: 'stopWatching', label: 'Pause' },
  ],
};

const rollback: PanelModel = {
  header: HEADER,
  phases: phases(3),
  steps: [
    ...DONE_STEPS,
    step('undo', 'Roll back to revision 7', {
      state: 'running',
      detail: 'Waiting for rollout to finish: 2 of 3 updated replicas are available',
      pods: [pods('rev 7', ['ready', 'ready', 'waiting']), pods('rev 8', ['failing', 'gone', 'gone'])],
      commands: [COPY],
      actions: [
        { action: 'stopWatching', label: 'Stop watching' },
        { action: 'refresh', label: 'Why is it slow?' },
      ],
      took: { since: new Date(Date.now() - 18_000).toISOString() },
      open: true,
    }),
    ...COMING_STEPS,
  ],
  checklist: CHECKLIST,
  figures: FIGURES,
  announcement: 'Rolling back to revision 7: 2 of 3 pods ready',
};

const { elapsed: _elapsed, ...timeless } = HEADER;
const before: PanelModel = {
  ...rollback,
  figures: BEFORE_FIGURES,
  header: {
    ...timeless,
    tone: 'failed',
    doing: 'Failing',
    from: { number: '8', version: 'v2.4.0', tone: 'bad' },
    to: { number: '7', version: 'v2.3.1', tone: 'good' },
    words: 'Degraded: 3 pods crash-looping since 02:58, 40 s after revision 8',
    elapsed: { since: new Date(Date.now() - 95_000).toISOString(), label: 'since detection' },
    primary: { action: 'rollBackToPrevious', label: 'Roll Back to 7', key: 'Ctrl+Enter' },
    secondary: [
      { action: 'showDiff', label: 'Show diff' },
      { action: 'rollBackToRevision', label: 'Other Revision…' },
    ],
  },
  phases: phases(2),
  steps: [
    ...DONE_STEPS.slice(0, 1),
    step('issue', 'Issue confirmed', {
      state: 'failed',
      open: true,
      summary: '3 pods crash-looping',
      detail: '3 of 3 pods of revision 8 exit with 1 within 2 s of their start. Roll back to revision 7.',
      pods: [pods('rev 8', ['failing', 'failing', 'failing'])],
      evidence: [
        { text: 'CrashLoopBackOff: relation "tracks_v2" does not exist', tone: 'failed', at: at(-60) },
        { text: 'GET /health 503 in 12 ms', tone: 'failed', at: at(-58) },
        { text: 'Revision 8 came', tone: 'plain', at: at(-160) },
      ],
      took: { since: at(-60), until: at(-58) },
    }),
    ...DONE_STEPS.slice(2).map((done) => step(done.id, done.title)),
    step('undo', 'Roll back to revision 7'),
    ...COMING_STEPS,
  ],
  checklist: { ticked: 0, items: CHECKLIST.items.map(({ id, title }) => item(id, title)) },
};

const done: PanelModel = {
  ...rollback,
  header: {
    ...HEADER,
    tone: 'ok',
    doing: 'Rolled back',
    to: { number: '7 (now 9)', version: 'v2.3.1', tone: 'good' },
    words: 'Healthy: 3 of 3 pods ready since 03:00:52',
    elapsed: { since: at(-100), until: at(92), label: 'detection to healthy' },
    primary: { action: 'verify', label: 'Verify again', key: 'Ctrl+Enter' },
  },
  phases: phases(8),
  steps: [
    ...DONE_STEPS,
    step('undo', 'Roll back to revision 7', { state: 'ok', summary: '3 of 3 ready in 21 s' }),
  ],
  checklist: {
    ticked: 9,
    items: CHECKLIST.items.map(({ id, title }) => item(id, title, 'ticked', '03:01:12')),
  },
  figures: FIGURES.map((figure) => ({ ...figure, tone: 'ok' as const })),
};

const stale: PanelModel = {
  ...rollback,
  header: {
    ...HEADER,
    tone: 'unknown',
    doing: 'Rolling back',
    words: 'not known: 2 of 3 pods were ready',
    stale: {
      since: at(49),
      reason: 'the API server at 127.0.0.1:6443 refuses connections. Trying again in 8 s.',
    },
  },
};

const LONG = 'veza-backend-api-for-the-public-catalogue-of-tracks-and-more';
const long: PanelModel = {
  ...rollback,
  header: {
    ...HEADER,
    name: LONG,
    namespace: 'veza-production-europe-west-with-a-rather-long-name-of-its-own',
    context: 'arn:aws:eks:eu-west-1:123456789012:cluster/production-eu1-blue',
    from: { number: '1084', version: 'sha256:5f1c2a9be03d', tone: 'bad' },
    to: { number: '1083', version: 'v2.3.1-rc.14+build.20260509.production', tone: 'good' },
  },
  steps: rollback.steps.map((one) => ({ ...one, title: `${one.title} of ${LONG}` })),
  checklist: {
    ticked: 2,
    items: CHECKLIST.items.map((one) => ({
      ...one,
      title: `${one.title}, of the deployment and all it needs`,
    })),
  },
};

const forty: PanelModel = {
  ...rollback,
  steps: rollback.steps.map((one) => {
    if (one.id !== 'undo') return one;
    const ready = Array.from({ length: 22 }, () => 'ready' as const);
    const failing = Array.from({ length: 7 }, () => 'failing' as const);
    return {
      ...one,
      pods: [
        pods('rev 1083', [...ready, ...Array(6).fill('waiting')]),
        pods('rev 1084', [...failing, ...Array(5).fill('gone')]),
      ],
    };
  }),
};

const RUN_SAMPLES = runSamples({ rollback, done, step, item, phases });

export const SAMPLES = { rollback, before, done, stale, long, forty, ...RUN_SAMPLES } as const;
export type SampleName = keyof typeof SAMPLES;
