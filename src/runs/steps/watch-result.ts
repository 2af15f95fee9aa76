import { readDeployment } from '../../cluster/reads/deployments.ts';
import { ApiError } from '../../cluster/errors/api-error.ts';
import { ownerOf } from '../../domain/rollout/ownership.ts';
import { templateWriter } from '../../domain/rollout/template-writer.ts';
import { ownerWords } from '../../domain/rollout/write-warnings.ts';
import type { Advice, CheckResult, StepMemory } from '../../domain/runbook/checks.ts';
import type { WatchFinding } from '../../domain/runbook/rollback-watch.ts';
import { seen, type StepPlace } from './step-handler.ts';

/** Most findings that are named. */
const mostNamed = 10;

/** The result of a watch that has found something: each finding, who changed the template, and what to do next. */
export async function foundResult(
  place: StepPlace,
  findings: readonly WatchFinding[],
  memory: StepMemory,
  signal: AbortSignal,
): Promise<CheckResult> {
  const [first] = findings;
  const changed = findings.some(({ kind }) => kind === 'template');
  const author = changed ? [seen(place, await authorWords(place, signal), 'plain')] : [];
  const more = findings.length > mostNamed ? [`${findings.length - mostNamed} more findings`] : [];
  return {
    state: 'failed',
    summary: first?.summary ?? '',
    detail: first?.words ?? '',
    evidence: [
      ...findings.slice(0, mostNamed).map(({ words, pod }) => seen(place, words, 'failed', pod)),
      ...more.map((words) => seen(place, words, 'failed')),
      ...author,
    ],
    advice: first === undefined ? [] : adviceFor(first, place.settings.hasDashboard()),
    memory,
  };
}

/** Who wrote the template last, and who owns the deployment, as the object tells. */
async function authorWords({ connection, run }: StepPlace, signal: AbortSignal): Promise<string> {
  try {
    const deployment = await readDeployment(connection.api, run.target, signal);
    const owner = ownerOf(deployment);
    const writer = templateWriter(deployment);
    const wrote =
      writer === undefined
        ? 'The API server does not tell who wrote the template.'
        : `The template was written last by ${writer.managers.join(' or ')}${writer.at === '' ? '' : ` at ${writer.at}`}.`;
    return owner === undefined ? wrote : `${wrote} ${ownerWords(owner)} manages the deployment.`;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `Who changed it cannot be read: ${error.message}`;
  }
}

function adviceFor({ kind, pod }: WatchFinding, hasDashboard: boolean): readonly Advice[] {
  const target = pod === undefined ? {} : { target: pod };
  switch (kind) {
    case 'gone':
      return [{ words: 'See who deleted it in the events of the namespace.', action: 'showEvents' }];
    case 'template':
      return [
        {
          words:
            'Stop what changes the template (a sync, a pipeline, a person), then roll back again: it would be changed once more.',
          action: 'rollBackToRevision',
        },
        { words: 'See the template as it is now.', action: 'showYaml' },
      ];
    case 'restarts':
    case 'failing':
      return [
        { words: 'See how its container ended.', action: 'describePod', ...target },
        { words: 'Read what it wrote before.', action: 'showLogs', ...target },
        {
          words: 'Where the previous version fails too, go further back.',
          action: 'rollBackToRevision',
        },
      ];
    case 'errors':
      return [
        { words: 'Read the error lines.', action: 'showLogs' },
        ...(hasDashboard ? [{ words: 'Compare with the dashboard.', action: 'openDashboard' as const }] : []),
      ];
  }
}
