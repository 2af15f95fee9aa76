import { isPast, isUnderway, type RunStage, type RunSummary } from '../../domain/runbook/summary.ts';
import { clockTime } from '../clock-time.ts';
import { localTime } from '../local-time.ts';
import type { RowIcon, Tooltip, TreeRow } from '../tree/row.ts';

/** A run as it is shown: what its journal says, and who has it in hand. */
export interface ShownRun {
  readonly summary: RunSummary;
  /** The first record that is not as it was written. */
  readonly damagedFrom: number | undefined;
  /** Another window of this machine carries it out. */
  readonly elsewhere: boolean;
}

/** How a run is drawn, and which commands its row has: `run.active`, `run.elsewhere`, `run.past`, `run.damaged`. */
export interface RunRow extends TreeRow {
  readonly kind: 'run.active' | 'run.elsewhere' | 'run.past' | 'run.damaged';
}

const stageWords: Readonly<Record<RunStage, string>> = {
  opened: 'looked at',
  rollingBack: 'roll back',
  failed: 'rollback failed',
  rolledBack: 'verify',
  handedOver: 'handed over',
  signedOff: 'signed off',
  closed: 'closed',
};

const stageIcons: Readonly<Record<RunStage, RowIcon>> = {
  opened: { codicon: 'circle-outline', tone: 'dim' },
  rollingBack: { codicon: 'color-mode', tone: 'running' },
  failed: { codicon: 'error', tone: 'failed' },
  rolledBack: { codicon: 'color-mode', tone: 'running' },
  handedOver: { codicon: 'arrow-right', tone: 'dim' },
  signedOff: { codicon: 'check', tone: 'ok' },
  closed: { codicon: 'circle-slash', tone: 'dim' },
};

/** `veza-backend-api  8 → 7 · roll back · 02:41`. `now` is ms since the epoch. */
export function runRow(run: ShownRun, now: number): RunRow {
  const { summary, damagedFrom, elsewhere } = run;
  const { name } = summary.target;
  const words = [revisions(summary), stage(run), elsewhere ? 'in another window' : '', when(summary, now)];
  const description = words.filter((word) => word !== '').join(' · ');
  const isDamaged = damagedFrom !== undefined;
  return {
    label: name,
    description,
    icon: isDamaged ? { codicon: 'warning', tone: 'warning' } : stageIcons[summary.stage],
    spoken: [isUnderway(summary) ? 'Active run' : 'Run', name, ...words]
      .filter((word) => word !== '')
      .join(', '),
    kind: isDamaged
      ? 'run.damaged'
      : isPast(summary)
        ? 'run.past'
        : elsewhere
          ? 'run.elsewhere'
          : 'run.active',
  };
}

/** All that a list can say of a run. */
export function runTooltip(run: ShownRun, now: number): Tooltip {
  const { summary } = run;
  const { target, openedAt, lastAt, people } = summary;
  return {
    title: target.name,
    paragraphs: [
      [{ name: 'Run', text: [revisions(summary), stage(run)].filter((word) => word !== '').join(' · ') }],
      [
        { name: 'Namespace', text: target.namespace },
        { name: 'Context', text: target.context },
        { name: 'Begun', text: localTime(openedAt, now) },
        { name: 'Last change', text: localTime(lastAt, now) },
        { name: 'People', text: people.join(', ') },
        { name: 'Id', text: summary.id },
      ],
      run.elsewhere ? ['Another window of this machine carries it out.'] : [],
      summary.unanswered
        ? ['Its last write to the cluster has no outcome yet: it is looked up when the run is opened.']
        : [],
      run.damagedFrom === undefined
        ? []
        : ['What is before the damage can be read. It cannot be gone on with.'],
    ],
  };
}

/** Active runs first, each group with the newest first; what only was looked at comes last. */
export function inOrder(runs: readonly ShownRun[]): readonly ShownRun[] {
  const rank = ({ summary, damagedFrom }: ShownRun) =>
    damagedFrom === undefined && isUnderway(summary) ? 0 : summary.stage === 'opened' ? 2 : 1;
  return runs.toSorted((a, b) => rank(a) - rank(b) || (a.summary.openedAt < b.summary.openedAt ? 1 : -1));
}

function revisions({ from, to }: RunSummary): string {
  return from === undefined || to === undefined ? '' : `${from} → ${to}`;
}

function stage({ summary, damagedFrom }: ShownRun): string {
  if (damagedFrom !== undefined) return `damaged from record ${damagedFrom} on`;
  if (summary.handedOverTo !== undefined && summary.stage === 'handedOver')
    return `handed over to ${summary.handedOverTo}`;
  return stageWords[summary.stage];
}

/** The time where that is today's, `yesterday`, else the date: when an active run was begun, when a past one ended. */
function when(summary: RunSummary, now: number): string {
  const at = Date.parse(isPast(summary) ? summary.lastAt : summary.openedAt);
  if (Number.isNaN(at)) return '';
  const day = new Date(at).toDateString();
  if (day === new Date(now).toDateString()) return clockTime(at, now);
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return day === yesterday.toDateString() ? 'yesterday' : (clockTime(at, now).split(' ')[0] ?? '');
}
