import type { Incident } from '../../domain/report/incident.ts';
import { checklistItems } from '../../domain/runbook/checklist-items.ts';
import { checkSteps } from '../../domain/runbook/steps.ts';
import { outcomeWords } from './summary-section.ts';
import { type Inline, list, prose, plain } from './markdown.ts';
import { actionsTable } from './tasks-section.ts';
import { milestonesTable } from './timeline-section.ts';
import { duration, type ReportClock } from './times.ts';

/** A template with what the run knows filled in, and questions where only people know; `level` is its headings'. */
export function postMortem(incident: Incident, clock: ReportClock, level: '##' | '###'): string {
  return [
    `${level} Impact`,
    list(impact(incident, clock)),
    `${level} Timeline`,
    milestonesTable(incident, clock),
    `${level} Root cause`,
    list(cause(incident)),
    `${level} What went well`,
    list([...well(incident), prose`…`]),
    `${level} What went badly`,
    list([...badly(incident), prose`…`]),
    `${level} Actions`,
    actionsTable(incident),
  ].join('\n\n');
}

function impact(incident: Incident, clock: ReportClock): readonly Inline[] {
  const { milestones, run } = incident;
  const failing = duration(milestones.failedSince ?? milestones.detected, milestones.recovered);
  return [
    prose`Service: ${plain(run.target.name)} (${plain(run.target.namespace)})`,
    prose`Duration: ${failing === undefined ? prose`not over, as far as the run knows` : plain(failing)}`,
    prose`Outcome: ${outcomeWords(incident, clock)}`,
    prose`Who noticed it, and what could they not do? …`,
    prose`How many were affected? Was data lost? …`,
  ];
}

function cause({ run, tasks }: Incident): readonly Inline[] {
  const note = tasks.find(({ id }) => id === 'identifyCause')?.note ?? '';
  return [
    prose`Seen: ${run.issue === undefined ? prose`nothing was written down` : plain(run.issue.words)}`,
    ...(run.rollback === undefined
      ? []
      : [prose`Version that was left: ${plain(run.rollback.from.version)}`]),
    note === '' ? prose`What caused it? …` : prose`Cause: ${plain(note)}`,
    prose`Why was it not found before it was deployed? …`,
  ];
}

function well({ milestones }: Incident): readonly Inline[] {
  const { detected, decided, rolledBack, recovered } = milestones;
  const between: readonly (readonly [Inline, string | undefined])[] = [
    [prose`from the detection to the decision`, duration(detected, decided)],
    [prose`from the rollback to the recovery`, duration(rolledBack, recovered)],
  ];
  return between.flatMap(([words, took]) => (took === undefined ? [] : [prose`${plain(took)} ${words}`]));
}

/** What did not hold, was left out, or had to be answered for by a person. */
function badly({ milestones, run, events }: Incident): readonly Inline[] {
  const { failedSince, detected } = milestones;
  const unseen = duration(failedSince, detected);
  const rollbacks = events.filter(({ kind }) => kind === 'rollbackConfirmed').length;
  return [
    ...(unseen === undefined ? [] : [prose`${plain(unseen)} from the failure to the detection`]),
    ...(rollbacks > 1 ? [prose`${rollbacks} rollbacks were confirmed before the end`] : []),
    ...events.flatMap((event) => {
      switch (event.kind) {
        case 'stepSkipped':
          return [prose`Skipped: ${plain(checkSteps[event.step].title)} (${plain(event.reason)})`];
        case 'itemOverridden':
          return [
            prose`Answered for by a person: ${plain(checklistItems[event.item])} (${plain(event.note)})`,
          ];
        case 'itemSeen':
          return event.state === 'failed'
            ? [prose`Did not hold at a time: ${plain(checklistItems[event.item])} (${plain(event.summary)})`]
            : [];
        default:
          return [];
      }
    }),
    ...(run.steps.before?.result?.state === 'ok' || run.steps.before === undefined
      ? []
      : [prose`The state before the failure was not known`]),
  ];
}
