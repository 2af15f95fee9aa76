import type {
  ChecklistItemModel,
  PanelModel,
  PhaseModel,
  ReminderModel,
  StepModel,
  TaskModel,
  TasksModel,
} from '../../../src/shared/panel-model.ts';
import { CAPTURED, PERMISSIONS } from './sample-tables.ts';

interface Parts {
  readonly rollback: PanelModel;
  readonly done: PanelModel;
  step(id: string, title: string, part?: Partial<StepModel>): StepModel;
  item(
    id: string,
    title: string,
    state?: ChecklistItemModel['state'],
    summary?: string,
    part?: Partial<ChecklistItemModel>,
  ): ChecklistItemModel;
  phases(now: number, failed?: boolean): readonly PhaseModel[];
}

const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 4, 9, 3, 0, 0) + seconds * 1000).toISOString();

const REMINDER: ReminderModel = {
  words:
    'Hold automatic deployments of v2.4.0 (registry.example.com/veza/veza-backend-api:v2.4.0), revision 8, until the cause is addressed.',
  hint: 'A pipeline that deploys it again would bring the failure back.',
  actions: [{ action: 'updateTask', target: 'holdDeployments:done', label: 'They are held' }],
};

function task(id: string, title: string, part: Partial<TaskModel> = {}): TaskModel {
  return {
    id,
    title,
    state: 'open',
    owner: '',
    note: '',
    actions: [
      { action: 'updateTask', target: `${id}:done`, label: 'Done' },
      { action: 'updateTask', target: `${id}:inProgress`, label: 'Begin' },
      { action: 'updateTask', target: id, label: 'Edit…' },
    ],
    ...part,
  };
}

const TASKS: TasksModel = {
  settled: 2,
  total: 13,
  groups: [
    {
      title: 'Until it is understood',
      tasks: [task('holdDeployments', 'Hold automatic deployments of the bad version')],
    },
    {
      title: 'Investigate',
      tasks: [
        task('reviewDeploymentLogs', 'Review the deployment logs', {
          state: 'done',
          owner: 'jane',
          note: 'The migration job had not run.',
          changed: { by: 'jane', at: at(700) },
        }),
        task('checkApplicationLogs', 'Check the application logs', {
          state: 'inProgress',
          owner: 'joe',
          changed: { by: 'jane', at: at(720) },
        }),
        task('identifyCause', 'Identify what caused the failure'),
      ],
    },
    {
      title: 'Fix',
      tasks: [
        task('addressCause', 'Address the root cause'),
        task('testFix', 'Test the fix in staging'),
        task('prepareDeployment', 'Prepare the new deployment'),
      ],
    },
    {
      title: 'Document',
      tasks: [
        task('documentRollback', 'Document the rollback'),
        task('noteIssues', 'Note the issues met'),
        task('updateProcess', 'Update the deployment process'),
      ],
    },
    {
      title: 'Notify',
      tasks: [
        task('sendReport', 'Send the incident report'),
        task('updateStatusPage', 'Update the status page', {
          state: 'notNeeded',
          owner: 'jane',
          note: 'Nobody outside noticed.',
          changed: { by: 'jane', at: at(730) },
        }),
        task('schedulePostMortem', 'Schedule a post-mortem'),
      ],
    },
  ],
};

const OUTPUT = `> smoke
> mocha test/smoke

  the public API
    ✔ GET /health answers within 500 ms
    ✔ GET /api/v1/tracks lists tracks
    1) POST /api/v1/plays counts a play

  2 passing (412ms)
  1 failing

  1) POST /api/v1/plays counts a play:
     AssertionError: expected 503 to equal 201
      at Context.<anonymous> (test/smoke/plays.test.ts:31:12)`;

/** Runs in which people have their part: advice to follow, what is ready to be signed off, what was lost, what is left. */
export function runSamples({ rollback, done, step, item, phases }: Parts) {
  const troubled: PanelModel = {
    ...done,
    reminder: REMINDER,
    phases: phases(5, true),
    header: {
      ...done.header,
      words: 'Healthy: 3 of 3 pods ready since 03:00:52',
      primary: { action: 'verify', label: 'Verify again', key: 'Ctrl+Enter' },
    },
    steps: [
      step('access', 'Cluster and permissions', {
        state: 'warning',
        phase: 'prerequisites',
        does: 'Asks the API server who we are and whether every later step is allowed.',
        summary: '8 of 9 allowed',
        detail: 'Usage cannot be read: CPU and memory are not compared.',
        evidence: [{ text: 'jane at prod-eu1, https://10.0.0.1:6443', tone: 'ok', at: at(-30) }],
        table: PERMISSIONS,
        advice: [
          {
            words: 'Ask for the permissions that are missing, or go on without figures.',
            action: { action: 'showPermissions', label: 'Show which are needed' },
          },
        ],
        actions: [
          { action: 'retryStep', target: 'access', label: 'Try again' },
          { action: 'skipStep', target: 'access', label: 'Skip…' },
        ],
        took: { since: at(-31), until: at(-30.2) },
      }),
      step('capture', 'Failing state captured', {
        state: 'ok',
        phase: 'issue',
        does: 'Keeps the last lines of the failing pods, before they go, and what they used.',
        summary: '3 pods, 1,204 lines',
        table: CAPTURED,
      }),
      step('smoke', 'Smoke tests', {
        state: 'failed',
        phase: 'functionality',
        open: true,
        does: 'Runs the task or the command that the settings name, and keeps its output and exit code.',
        summary: 'exit code 1',
        detail: 'The task npm: smoke ended with exit code 1 after 2.3 s.',
        evidence: Array.from({ length: 12 }, (_, index) => ({
          text: index === 9 ? 'POST /api/v1/plays answered 503' : `GET /api/v1/tracks/${index} answered 200`,
          tone: index === 9 ? ('failed' as const) : ('ok' as const),
          at: at(120 + index),
        })),
        output: OUTPUT,
        advice: [
          {
            words: 'The pod answers 503: see its image, limits and requests, and its events.',
            action: {
              action: 'describePod',
              target: 'veza-backend-api-7d4b9-b7wlm',
              label: 'Describe veza-backend-api-7d4b9-b7wlm',
            },
          },
          {
            words: 'Where this version fails too, go further back.',
            action: { action: 'rollBackToRevision', target: '6', label: 'Roll back to 6…' },
          },
          { words: 'The queue may be full: ask its owners.' },
        ],
        commands: ['npm run smoke'],
        actions: [
          { action: 'retryStep', target: 'smoke', label: 'Try again' },
          { action: 'skipStep', target: 'smoke', label: 'Skip…' },
        ],
        took: { since: at(110), until: at(112.3) },
      }),
    ],
    checklist: {
      ticked: 6,
      items: done.checklist.items.map((one) =>
        one.id === 'pods'
          ? {
              ...one,
              state: 'failed',
              lost: true,
              summary: 'no longer holds since 05:04 · 2 of 3',
              evidence: [
                { text: 'It was ticked until then', tone: 'warning', at: at(240) },
                { text: 'veza-backend-api-7d4b9-b7wlm: CrashLoopBackOff', tone: 'failed', at: at(250) },
              ],
              actions: [{ action: 'overrideItem', target: one.id, label: 'Override…' }],
            }
          : one.id === 'alerts'
            ? overridden(one)
            : one.id === 'users'
              ? item('users', one.title, 'pending', 'to sign', {
                  actions: [
                    { action: 'sign', target: 'users', label: 'Sign…' },
                    { action: 'overrideItem', target: 'users', label: 'Override…' },
                  ],
                })
              : one,
      ),
    },
    tasks: TASKS,
  };
  const ready: PanelModel = {
    ...done,
    reminder: REMINDER,
    phases: phases(7),
    header: {
      ...done.header,
      primary: { action: 'signOff', label: 'Sign off…', key: 'Ctrl+Enter' },
      secondary: [
        { action: 'rollBackToRevision', label: 'Choose revision…' },
        { action: 'showDiff', label: 'Show diff' },
      ],
    },
    checklist: {
      ticked: 8,
      items: done.checklist.items.map((one) => (one.id === 'alerts' ? overridden(one) : one)),
    },
    tasks: TASKS,
  };
  const { reminder: _held, ...unheld } = ready;
  const signedOff: PanelModel = {
    ...unheld,
    header: {
      ...ready.header,
      doing: 'Signed off by jane at 05:20',
      elapsed: { since: at(-100), until: at(1200), label: 'from the failure to the end' },
      primary: { action: 'exportReport', label: 'Export report', key: 'Ctrl+Enter' },
      secondary: [
        { action: 'beginAnew', label: 'Begin new run' },
        { action: 'showDiff', label: 'Show diff' },
      ],
    },
    announcement: rollback.announcement,
  };
  return { troubled, ready, signedOff };
}

function overridden(one: ChecklistItemModel): ChecklistItemModel {
  return {
    ...one,
    state: 'overridden',
    summary: 'jane answers for it',
    evidence: [
      {
        text: 'Overridden by jane: the alert is of the old cluster. Seen: 1 firing.',
        tone: 'warning',
        at: at(130),
      },
      { text: 'HighErrorRate fires since 02:58', tone: 'failed', at: at(129) },
    ],
    actions: [{ action: 'withdrawOverride', target: one.id, label: 'Withdraw the override' }],
  };
}
