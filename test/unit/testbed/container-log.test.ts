import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ContainerLog, type LogLine, type Story } from '../../testbed/cluster/kubelet/container-log.ts';

const BEGUN = Date.parse('2026-03-01T10:00:00Z');

describe('the log of a container', () => {
  it('tells its story as if it had been written all along, however late it is read', () => {
    const log = new ContainerLog(ticking(), BEGUN);
    log.tell(BEGUN + 3_500);
    assert.deepEqual(
      read(log).map(({ time, text }) => `${time.slice(11, 23)} ${text}`),
      ['10:00:01.000 tick 1', '10:00:02.000 tick 2', '10:00:03.000 tick 3'],
    );
  });

  it('puts what is appended after what the story wrote before', () => {
    const log = new ContainerLog(ticking(), BEGUN);
    log.append(['by hand'], BEGUN + 1_500);
    log.tell(BEGUN + 2_000);
    assert.deepEqual(texts(log), ['tick 1', 'by hand', 'tick 2']);
  });

  it('ends with the last words, whatever the story had still to tell', () => {
    const log = new ContainerLog(ticking(), BEGUN);
    log.finish(['bye'], BEGUN + 1_000);
    log.finish(['again'], BEGUN + 2_000);
    log.tell(BEGUN + 9_000);
    assert.deepEqual(texts(log), ['tick 1', 'bye']);
    assert.equal(log.ended, true);
  });

  it('gives nobody who asks anew what was rotated away', () => {
    const log = new ContainerLog(ticking(), BEGUN);
    log.rotate(BEGUN + 2_000);
    log.append(['after'], BEGUN + 2_500);
    assert.deepEqual(
      log.read(log.file, 10).lines.map(({ text }) => text),
      ['after'],
    );
    assert.deepEqual(texts(log), ['tick 1', 'tick 2', 'after']);
  });

  it('does not tell days of a story that nobody read', () => {
    const log = new ContainerLog(ticking(), BEGUN);
    log.tell(BEGUN + 30 * 86_400_000);
    assert.equal(log.end, 5_000);
  });

  it('gives every line a later time than the one before', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ count: fc.nat(2_000), after: fc.nat(3) })), (writes) => {
        const log = new ContainerLog(silence(), BEGUN);
        let now = BEGUN;
        for (const { count, after } of writes) {
          now += after;
          log.append(Array.from({ length: count }, String), now);
        }
        const times = read(log).map(({ time }) => time);
        assert.ok(times.every((time, index) => index === 0 || (times[index - 1] ?? '') < time));
      }),
      { numRuns: 20 },
    );
  });

  it('keeps the newest lines and its positions when it grows too long', () => {
    const log = new ContainerLog(silence(), BEGUN);
    const lines = Array.from({ length: 150_000 }, (_, index) => String(index));
    log.append(lines, BEGUN);
    assert.equal(log.end, 150_000);
    assert.equal(log.read(149_999, 10).lines[0]?.text, '149999');
    const oldest = log.read(0, 1);
    assert.equal(Number(oldest.lines[0]?.text), oldest.next - 1);
  });

  it('calls its followers for what is new and for the end, until they leave', () => {
    const log = new ContainerLog(silence(), BEGUN);
    let called = 0;
    const leave = log.follow(() => (called += 1));
    log.append(['one'], BEGUN);
    assert.equal(called, 1);
    leave();
    log.finish([], BEGUN);
    assert.equal(called, 1);
  });
});

function* ticking(): Generator<{ after: number; text: string }, void> {
  for (let tick = 1; ; tick += 1) yield { after: 1_000, text: `tick ${tick}` };
}

function silence(): Story {
  return [][Symbol.iterator]();
}

function read(log: ContainerLog): readonly LogLine[] {
  return log.read(0, Number.POSITIVE_INFINITY).lines;
}

function texts(log: ContainerLog): string[] {
  return read(log).map(({ text }) => text);
}
