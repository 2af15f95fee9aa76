import type { Incident } from '../../domain/report/incident.ts';
import { deedWords, revisionWords } from './event-words.ts';
import { deeds } from '../../domain/report/notable.ts';
import { code, type Inline, joined, list, prose, plain, table } from './markdown.ts';
import { duration, type ReportClock, zonedTime } from './times.ts';

/** What failed, since when, what was done about it, by whom, how long it took and how it ended. */
export function summarySection(incident: Incident, clock: ReportClock): string {
  const { run, milestones, people } = incident;
  const { failedSince, detected, recovered } = milestones;
  const time = (at: string | undefined) =>
    at === undefined ? prose`not known` : plain(zonedTime(at, clock));
  const failing = duration(failedSince ?? detected, recovered);
  return list([
    prose`**What failed:** ${code(run.target.name)} in namespace ${code(run.target.namespace)} of context ${code(run.target.context)}${issueWords(incident)}`,
    prose`**Failing since:** ${time(failedSince)}`,
    prose`**What was done:** ${changeWords(incident)}`,
    prose`**By:** ${people.length === 0 ? prose`nobody` : joined(people.map(plain), ', ')}`,
    prose`**How long:** ${
      failing === undefined
        ? prose`not recovered, as far as this run knows`
        : failedSince === undefined
          ? prose`${plain(failing)} from the detection to the recovery`
          : prose`${plain(failing)} from the failure to the recovery`
    }`,
    prose`**Outcome:** ${outcomeWords(incident, clock)}`,
  ]);
}

/** Before a decision only the step that looks for it knows the issue. */
function issueWords({ run: { issue, steps } }: Incident): Inline {
  const found = steps.issue?.result?.state === 'ok' ? steps.issue.result.summary : undefined;
  const words = issue?.words ?? found;
  return words === undefined ? prose`` : prose`: ${plain(words)}`;
}

function changeWords({ run: { rollback } }: Incident): Inline {
  if (rollback === undefined) return prose`nothing was rolled back`;
  const { from, to, end } = rollback;
  const now = end?.nowRevision;
  const renumbered =
    now === undefined || now === to.revision ? prose`` : prose`, which carries the number ${now} since`;
  return prose`rolled back from ${revisionWords(from)} to ${revisionWords(to)}${renumbered}`;
}

/** How far the run came; where it has no end that is said. */
export function outcomeWords({ stage, run, checklist }: Incident, clock: ReportClock): Inline {
  const { end, rollback, handedOver } = run;
  const holding = checklist.filter(({ state }) => state === 'ticked' || state === 'overridden').length;
  const open = prose`This run is not signed off`;
  switch (stage) {
    case 'signedOff': {
      const overridden = checklist.filter(({ state }) => state === 'overridden').length;
      const answered =
        overridden === 0 ? prose`` : prose`, ${overridden} of them because a person answers for it`;
      return prose`signed off by ${plain(end?.by ?? '')} at ${plain(zonedTime(end?.at ?? '', clock))}: ${holding} of ${checklist.length} items hold${answered}`;
    }
    case 'closed':
      return joined(
        [prose`ended without a sign-off by ${plain(end?.by ?? '')}`, plain(end?.note ?? '')],
        ': ',
      );
    case 'handedOver':
      return prose`${open}: it was handed over to ${plain(handedOver?.to ?? '')} and goes on elsewhere`;
    case 'opened':
      return prose`${open}: nothing was decided yet`;
    case 'rollingBack':
      return prose`${open}: the rollback is under way`;
    case 'failed': {
      const why = rollback?.outcome?.kind === 'notApplied' ? rollback.outcome.message : rollback?.message;
      return joined([prose`${open}: the rollback did not come to a good end`, plain(why ?? '')], ': ');
    }
    case 'rolledBack':
      return prose`${open}: it is rolled back, and ${holding} of ${checklist.length} items of the checklist hold`;
  }
}

/** Who did, signed, skipped or handed over what, and what they said of it. */
export function peopleSection({ events }: Incident, clock: ReportClock): string {
  return table(
    ['When', 'Who', 'What', 'Their word'],
    deeds(events).map((event) => {
      const { did, note } = deedWords(event);
      return [plain(zonedTime(event.at, clock)), plain(event.by), did, plain(note)];
    }),
  );
}
