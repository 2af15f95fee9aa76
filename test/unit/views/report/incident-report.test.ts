import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { incidentReport, type ReportPart } from '../../../../src/views/report/incident-report.ts';
import { inputOf } from './report-inputs.ts';
import { rollback, untilDecision, wholeRun } from './whole-run.ts';

/** `GOLDEN=write` writes what is compared with anew; the difference is read before it is kept. */
function assertGolden(name: string, text: string): void {
  const file = join(import.meta.dirname, 'golden', `${name}.md`);
  if (process.env['GOLDEN'] === 'write') writeFileSync(file, text);
  assert.equal(text, readFileSync(file, 'utf8'));
}

const whole = inputOf(wholeRun);

describe('the report of a run', () => {
  it('tells all that happened, of a run that was signed off', () => {
    assertGolden('whole-run', incidentReport(whole, 'report'));
  });

  it('has a message of a few sentences for stakeholders', () => {
    assertGolden('stakeholders', incidentReport(whole, 'stakeholders'));
  });

  it('has a post-mortem with what is known filled in', () => {
    assertGolden('post-mortem', incidentReport(whole, 'postMortem'));
  });

  it('gives away no secret of a log', () => {
    assert.doesNotMatch(incidentReport(whole, 'report'), /hunter2/);
  });

  it('gives each time with its distance from UTC, and the time of writing in UTC too', () => {
    const text = incidentReport(whole, 'report');
    assert.match(text, /2026-05-09 09:30:00 \+02:00 = 2026-05-09T07:30:00Z/);
    assert.match(text, /\| Detection \| 2026-05-09 05:00:00 \+02:00 \| 8 min 30 s \|/);
  });

  const unfinished: readonly (readonly [string, ReturnType<typeof inputOf>, RegExp])[] = [
    ['nothing was decided', inputOf(untilDecision), /not signed off: nothing was decided yet/],
    [
      'is being rolled back',
      inputOf([...untilDecision, ...rollback.slice(0, 2)]),
      /not signed off: the rollback is under way/,
    ],
    [
      'is rolled back',
      inputOf([...untilDecision, ...rollback]),
      /not signed off: it is rolled back, and 2 of 9 items/,
    ],
    [
      'is handed over',
      inputOf(
        wholeRun.slice(
          0,
          wholeRun.findIndex(({ kind }) => kind === 'takenOver'),
        ),
      ),
      /not signed off: it was handed over to bob/,
    ],
  ];
  for (const [state, input, words] of unfinished)
    it(`says that a run is not signed off which ${state}`, () => {
      const text = incidentReport(input, 'report');
      assert.match(text, words);
      assert.match(text, /\| Sign-off \| not yet \|/);
    });

  it('says what is missing instead of leaving it out', () => {
    const text = incidentReport(
      { ...inputOf(untilDecision.slice(0, 1)), samples: [], captured: undefined, damagedFrom: 7 },
      'report',
    );
    for (const words of [
      'damaged from record 7 on',
      'No step was carried out.',
      'No figures were recorded in this run.',
      'No logs of the failing pods were captured in this run.',
      'The logs since the rollback were not looked at.',
      'Nothing was rolled back.',
      '**Failing since:** not known',
    ])
      assert.ok(text.includes(words), words);
  });

  it('speaks of the rollback’s line only where it is drawn', () => {
    const late = whole.samples.filter(({ at }) => at > Date.parse('2026-05-09T03:10:00Z'));
    const text = incidentReport({ ...whole, samples: late }, 'report');
    assert.doesNotMatch(text, /dashed/);
    assert.match(text, /Latency:\*\* between/);
  });

  it('says where an older journal does not have what changed', () => {
    const older = wholeRun.map((event) => {
      if (event.kind !== 'rollbackConfirmed') return event;
      const { changes: _changes, ...rest } = event;
      return rest;
    });
    assert.match(incidentReport(inputOf(older), 'report'), /is not in this run’s journal/);
  });

  it('ends each part with one line end', () => {
    for (const part of ['report', 'stakeholders', 'postMortem'] satisfies ReportPart[])
      assert.match(incidentReport(whole, part), /[^\n]\n$/);
  });
});
