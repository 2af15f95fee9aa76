import type { Incident } from '../../domain/report/incident.ts';
import { type Inline, joined, prose, plain } from './markdown.ts';
import { duration, type ReportClock, zonedTime } from './times.ts';

/** A few plain sentences for those who are told: what happened, what was done, how it is now, what comes next. */
export function stakeholderMessage(incident: Incident, clock: ReportClock): Inline {
  return joined([happened(incident, clock), done(incident, clock), ahead(incident)], ' ');
}

function happened({ run, milestones }: Incident, clock: ReportClock): Inline {
  const { failedSince, detected, recovered } = milestones;
  const service = prose`${plain(run.target.name)} (${plain(run.target.namespace)})`;
  // Somebody may look, or roll back, where the cluster shows nothing wrong.
  if (run.issue === undefined)
    return prose`${service} is looked at since ${plain(zonedTime(detected, clock))}.`;
  const tense =
    recovered === undefined ? prose`is not working as it should` : prose`was not working as it should`;
  const since = plain(zonedTime(failedSince ?? detected, clock));
  const noticed = failedSince === undefined ? prose`noticed at ${since}` : prose`since ${since}`;
  const span =
    recovered === undefined ? noticed : prose`from ${since} until ${plain(zonedTime(recovered, clock))}`;
  const lasted = duration(failedSince ?? detected, recovered);
  return prose`${service} ${tense}, ${span}${lasted === undefined ? prose`` : prose` (${plain(lasted)})`}.`;
}

function done({ stage, run, milestones }: Incident, clock: ReportClock): Inline {
  const { rollback } = run;
  if (rollback === undefined)
    return run.end === undefined ? prose`Nothing has been changed so far.` : prose`Nothing was changed.`;
  const { from, to, confirmedAt } = rollback;
  const versions =
    from.version === to.version
      ? prose`from revision ${from.revision} to ${to.revision}`
      : prose`from version ${plain(from.version)} to ${plain(to.version)}`;
  const at = plain(zonedTime(milestones.rolledBack ?? confirmedAt, clock));
  if (stage === 'failed') return prose`A rollback ${versions} was tried at ${at} and has not succeeded.`;
  if (milestones.rolledBack === undefined) return prose`It is being rolled back ${versions}.`;
  const working =
    milestones.recovered === undefined ? prose`it has not recovered yet` : prose`it has recovered`;
  return prose`It was rolled back ${versions} at ${at}; ${working}.`;
}

function ahead({ stage, checklist, tasks, run }: Incident): Inline {
  const holding = checklist.filter(({ state }) => state === 'ticked' || state === 'overridden').length;
  const cause = tasks.find(({ id }) => id === 'identifyCause');
  const next =
    cause?.state === 'done'
      ? prose`The cause is known; a fix follows.`
      : cause?.state === 'inProgress'
        ? prose`The cause is being looked into.`
        : prose`The cause has still to be found.`;
  switch (stage) {
    case 'signedOff':
      return prose`The service was checked and is signed off. ${next}`;
    case 'closed':
      return joined([prose`The work on it has ended without a sign-off`, plain(run.end?.note ?? '')], ': ');
    case 'rolledBack':
      return prose`${holding} of ${checklist.length} checks hold so far; we are still verifying. ${next}`;
    case 'opened':
      return prose`We are looking into it.`;
    case 'rollingBack':
    case 'failed':
    case 'handedOver':
      return prose`We are working on it.`;
  }
}
