import { errorLinesSince } from '../error-lines.ts';
import { errorLinesAdvice } from '../../domain/runbook/advice.ts';
import { wantedRevision } from './pods-ready.ts';
import { cannotTell, notSeen, seen, type StepHandler } from './step-handler.ts';

/** How far back logs are read where nothing was rolled back, in ms. */
const logsWithoutRollbackMs = 5 * 60_000;

/** Reads the logs of the wanted revision since the rollback: a line of level error or worse fails it. */
export const logs: StepHandler = async (place, _see, signal) => {
  const { connection, run, clock } = place;
  const records = connection.store.find(run.target.namespace, run.target.name);
  if (records?.podsUnseen !== undefined) return cannotTell(place, records.podsUnseen);
  if (connection.store.state.kind !== 'live') return notSeen(place);
  const wanted = wantedRevision(run);
  const since = run.rollback?.outcomeAt ?? new Date(clock.now() - logsWithoutRollbackMs).toISOString();
  const pods = (records?.pods ?? []).filter(
    ({ ownerUid, terminating }) =>
      !terminating && (wanted === undefined || ownerUid === wanted.replicaSetUid),
  );
  const found = await errorLinesSince(connection.api, pods, since, { signal });
  const lines = `${found.examined.toLocaleString('en')} ${found.examined === 1 ? 'line' : 'lines'}`;
  const notes = [
    ...found.unread.map(
      ({ source, message }) => `The log of ${source.pod} (${source.container}) cannot be read: ${message}`,
    ),
    ...(found.truncated ? ['A log was too long to be looked at to its end.'] : []),
  ].map((text) => seen(place, text, 'warning'));
  if (found.count === 0 && found.unread.length > 0)
    return { state: 'failed', summary: 'not all logs can be read', evidence: notes };
  if (found.count === 0) {
    const none = `${lines} of ${pods.length} pods since ${since}: none is an error.`;
    return { state: 'ok', summary: `no errors in ${lines}`, evidence: [...notes, seen(place, none, 'ok')] };
  }
  // When they were written is what is looked for in the logs.
  const errors = found.errors.map(({ source, text, at }) => ({
    ...seen(place, `${source.pod}: ${text}`, 'failed', source.pod),
    ...(at === '' ? {} : { at }),
  }));
  return {
    state: 'failed',
    summary: `${found.count} of ${lines} are errors`,
    evidence: [...notes, ...errors],
    advice: errorLinesAdvice(found.errors.map(({ source }) => source.pod)),
  };
};
