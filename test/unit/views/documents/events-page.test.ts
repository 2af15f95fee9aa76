import assert from 'node:assert/strict';
import { type EventRecord, eventRecord } from '../../../../src/domain/events/event-record.ts';
import { eventLinesShown, eventsPage, type Seen } from '../../../../src/views/documents/events-page.ts';
import { below, type Page } from '../../../../src/views/documents/page.ts';
import { event } from '../../domain/events/event-objects.ts';

// Without a zone: this is local time wherever the test runs, as what is shown is.
const local = (time: string): string => new Date(`2026-01-01T${time}`).toISOString();
const now = Date.parse(local('10:30:00'));

const events: readonly EventRecord[] = [
  eventRecord(
    event({
      metadata: { uid: 'b' },
      involvedObject: { name: 'web-1-x', fieldPath: 'spec.containers{api}' },
      type: 'Warning',
      reason: 'BackOff',
      message: 'Back-off restarting failed container\nsecond line \u202E',
      count: 12,
      firstTimestamp: local('10:02:00'),
      lastTimestamp: local('10:29:20'),
    }),
  ),
  eventRecord(
    event({
      metadata: { uid: 'a' },
      involvedObject: { kind: 'Deployment', name: 'web', uid: 'd' },
      reason: 'ScalingReplicaSet',
      message: 'Scaled up replica set web-1 from 0 to 3',
      firstTimestamp: local('10:01:00'),
      lastTimestamp: local('10:01:00'),
      source: { component: 'deployment-controller' },
    }),
  ),
];

function pageOf(seen: Seen, of: readonly EventRecord[] = events): Page {
  return eventsPage({ subject: 'web', place: 'shop in prod', events: of, seen, now });
}

function marked({ text, marks }: Page, tone: string): readonly string[] {
  const lines = text.split('\n');
  return marks
    .filter((mark) => mark.tone === tone)
    .map(({ line, from, to }) => (lines[line] ?? '').slice(from, to));
}

describe('the document of events', () => {
  it('knows which line tells of what moment of whom', () => {
    const { text, moments = [] } = pageOf({ kind: 'live' });
    assert.deepEqual(
      moments.map(({ line, from, to, moment }) => [
        (text.split('\n')[line] ?? '').slice(from, to),
        moment.kind,
        moment.name,
        moment.at,
      ]),
      [
        ['10:01:00', 'Deployment', 'web', local('10:01:00')],
        ['10:29:20', 'Pod', 'web-1-x', local('10:29:20')],
      ],
    );
    const lower = below([['above'], []], pageOf({ kind: 'live' }));
    assert.equal(lower.moments?.[0]?.line, (moments[0]?.line ?? 0) + 2);
  });

  it('is a table with the newest last, repeated events counted, each on one line', () => {
    assert.deepEqual(pageOf({ kind: 'live' }).text.split('\n'), [
      'Events of web',
      'shop in prod',
      '',
      'LAST SEEN     AGE  COUNT         TYPE       REASON             OBJECT             MESSAGE',
      '10:01:00   29 min                Normal     ScalingReplicaSet  deploy/web         Scaled up replica set web-1 from 0 to 3   — deployment-controller',
      '10:29:20     40 s  12 in 27 min  ⚠ Warning  BackOff            pod/web-1-x [api]  Back-off restarting failed container ⏎ second line ⟨U+202E⟩   — kubelet node-1',
      '',
      '● Live · 2 lines, 1 warning · newest last',
      '',
    ]);
  });

  it('lets warnings stand out by a mark, a word and a tone', () => {
    assert.deepEqual(marked(pageOf({ kind: 'live' }), 'warning'), ['⚠ Warning', 'BackOff']);
  });

  it('says when there is nothing, and for how long events are kept', () => {
    assert.match(pageOf({ kind: 'live' }, []).text, /Nothing has happened here of late\.\n.*for an hour/);
    assert.doesNotMatch(pageOf({ kind: 'loading' }, []).text, /Nothing/);
  });

  it('says since when it is not up to date, and what was refused', () => {
    const since = Date.parse(local('10:28:00'));
    const stale = pageOf({ kind: 'stale', since, words: 'No answer.' });
    assert.deepEqual(marked(stale, 'warning').at(-1), '⚠ Not up to date since 10:28:00: No answer.');
    const refused = pageOf({ kind: 'refused', words: 'User "jane" cannot list resource "events".' }, []);
    assert.deepEqual(marked(refused, 'failed'), ['✗ Refused: User "jane" cannot list resource "events".']);
  });

  it('shows the newest of very many and says so', () => {
    const many = Array.from({ length: eventLinesShown + 5 }, (_, index) =>
      eventRecord(event({ metadata: { uid: String(index) }, message: `event ${index}` })),
    );
    const { text } = pageOf({ kind: 'live' }, many);
    assert.match(text, /… 5 older lines are not shown: the newest 1000 are\./);
    assert.ok(text.split('\n').length < eventLinesShown + 20);
  });
});
