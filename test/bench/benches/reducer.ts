import type { RunEvent } from '../../../src/domain/runbook/events.ts';
import { runState } from '../../../src/domain/runbook/state.ts';
import { journalRecord, journalStart, readJournal } from '../../../src/runs/journal-record.ts';
import { target } from '../../unit/views/report/run-parts.ts';
import { wholeRun } from '../../unit/views/report/whole-run.ts';
import { median, row, type Row } from '../row.ts';

const runs = 15;
const count = 10_000;
/** Of the 3 s in which a run is offered again after a crash. */
const reloadGoalMs = 500;

/**
 * The state of a run from 10,000 events, each an event of a whole run for `veza-backend-api`, against parsing the JSON that they
 * stand in; and the same from a journal's bytes with the checksum of each record, which is what a reload waits for.
 */
export function reducer(log: (line: string) => void): Promise<readonly Row[]> {
  const events = manyEvents();
  const lines = events.map((event) => JSON.stringify(event));
  const journal = journalOf(events);
  const json = measured(() => lines.map((line) => JSON.parse(line) as unknown).length);
  const fold = measured(() => Object.keys(runState(target, events).steps).length);
  const read = measured(() => Object.keys(runState(target, readJournal(journal).events).steps).length);
  log(`${count} events, ${Math.round(journal.length / 1024)} KB of journal`);
  const against = { name: 'JSON.parse', value: json };
  return Promise.resolve([
    row(`reducer on ${count.toLocaleString('en')} events`, fold, 'ms', { against, goal: json }),
    row(`journal of ${count.toLocaleString('en')} events read`, read, 'ms', { against, goal: reloadGoalMs }),
  ]);
}

/** A run that does not come to its end: steps again and again, rollbacks, signatures, tasks. */
function manyEvents(): readonly RunEvent[] {
  const [opened, ...rest] = wholeRun;
  const going = rest.filter(({ kind }) => kind !== 'signedOff');
  if (opened === undefined) throw new RangeError('The run has no events');
  const again = Array.from({ length: count - 1 }, (_, i) => going[i % going.length] ?? opened);
  return [opened, ...again];
}

function journalOf(events: readonly RunEvent[]): Buffer {
  let end = journalStart;
  const lines = events.map((event) => {
    const { line, next } = journalRecord(end, event);
    end = next;
    return line;
  });
  return Buffer.from(lines.join(''));
}

/** The middle time of some runs, in ms; the first ones, in which the code is compiled, do not count. */
function measured(work: () => number): number {
  const times = Array.from({ length: runs + 3 }, () => {
    const begun = performance.now();
    if (work() === 0) throw new Error('Nothing was done.');
    return performance.now() - begun;
  });
  return median(times.slice(3));
}
