import type { Incident } from '../../domain/report/incident.ts';
import type { ItemState } from '../../domain/runbook/checklist-items.ts';
import type { CheckResult, EvidenceTable, Seen } from '../../domain/runbook/checks.ts';
import type { StepState } from '../../domain/runbook/step-state.ts';
import { checkSteps, phases, type StepId, stepIds } from '../../domain/runbook/steps.ts';
import { resultWords } from './event-words.ts';
import { fenced, type Inline, joined, list, prose, plain, table } from './markdown.ts';
import { duration, type ReportClock, zonedTime } from './times.ts';

/** Of one step or item; the rest is in the run. */
const mostLines = 50;

/** What each step found, in the steps' order. */
export function evidenceSection({ run }: Incident, clock: ReportClock): string {
  const parts = stepIds.flatMap((id) => {
    const step = run.steps[id];
    return step === undefined ? [] : [stepPart(id, step, clock)];
  });
  return parts.length === 0 ? 'No step was carried out.' : parts.join('\n\n');
}

function stepPart(id: StepId, step: StepState, clock: ReportClock): string {
  const { phase, title } = checkSteps[id];
  const inPhase = phases.find((each) => each.id === phase)?.title ?? '';
  const { startedAt, endedAt, attempts, skipped, result } = step;
  const state =
    skipped === undefined
      ? result === undefined
        ? prose`not finished`
        : resultWords[result.state]
      : prose`skipped`;
  const heading = prose`### ${plain(inPhase)}: ${plain(title)} – ${state}`;
  if (skipped !== undefined)
    return `${heading}\n\n${prose`Skipped by ${plain(skipped.by)} at ${plain(zonedTime(endedAt ?? startedAt, clock))}. Reason: ${plain(skipped.reason)}`}`;
  const took = duration(startedAt, endedAt);
  const facts = joined(
    [
      plain(result?.summary ?? ''),
      plain(zonedTime(startedAt, clock)),
      took === undefined ? prose`` : prose`took ${plain(took)}`,
      attempts > 1 ? prose`attempt ${attempts}` : prose``,
    ],
    ' · ',
  );
  return [heading, facts, ...(result === undefined ? [] : resultParts(result, clock))].join('\n\n');
}

function resultParts({ detail, evidence, table: rows, output }: CheckResult, clock: ReportClock): string[] {
  return [
    ...(detail === undefined || detail === '' ? [] : [plain(detail)]),
    ...(evidence.length === 0 ? [] : [seenList(evidence, clock)]),
    ...(rows === undefined || rows.columns.length === 0 ? [] : [evidenceTable(rows)]),
    ...(output === undefined || output === '' ? [] : [`Output:\n\n${fenced(output.split('\n'))}`]),
  ];
}

function seenList(evidence: readonly Seen[], clock: ReportClock): string {
  const lines = evidence.slice(0, mostLines).map((seen) => seenWords(seen, clock));
  const more = evidence.length - mostLines;
  return list(more > 0 ? [...lines, prose`and ${more} more in the run`] : lines);
}

const tones: Readonly<Record<Seen['tone'], Inline>> = {
  ok: prose`✓ `,
  failed: prose`✗ `,
  warning: prose`⚠ `,
  plain: prose``,
};

function seenWords({ text, tone, at }: Seen, clock: ReportClock): Inline {
  return prose`${plain(zonedTime(at, clock))}: ${tones[tone]}${plain(text)}`;
}

function evidenceTable({ columns, rows }: EvidenceTable): string {
  const shown = rows.slice(0, mostLines).map(({ cells }) => columns.map((_, i) => plain(cells[i] ?? '')));
  const more = rows.length - mostLines;
  const drawn = table(columns.map(plain), shown);
  return more > 0 ? `${drawn}\n\n${more} more rows are in the run.` : drawn;
}

const marks: Readonly<Record<ItemState, Inline>> = {
  ticked: prose`holds`,
  overridden: prose`overridden`,
  running: prose`not finished`,
  failed: prose`does not hold`,
  pending: prose`not known`,
};

/** The runbook's nine items, each with what it rests on. */
export function checklistSection({ checklist }: Incident, clock: ReportClock): string {
  return checklist
    .map(({ title, state, summary, evidence }) => {
      const box = state === 'ticked' || state === 'overridden' ? 'x' : ' ';
      const words = joined([prose`**${plain(title)}** – ${marks[state]}`, plain(summary)], ': ');
      const below = evidence.slice(0, mostLines).map((seen) => `  - ${seenWords(seen, clock)}`);
      const more =
        evidence.length > mostLines ? [`  - and ${evidence.length - mostLines} more in the run`] : [];
      return [`- [${box}] ${words}`, ...below, ...more].join('\n');
    })
    .join('\n');
}
