import assert from 'node:assert/strict';
import fc from 'fast-check';

import { keptBytes, LogLineDecoder, type StampedLine } from '../../../../src/domain/logs/split.ts';
import { utcStamp } from '../../../../src/domain/logs/stamp.ts';

const at = '2026-01-02T03:04:05.123456789Z';

function decode(chunks: Iterable<Uint8Array>): StampedLine[] {
  const decoder = new LogLineDecoder();
  const lines: StampedLine[] = [];
  for (const chunk of chunks) lines.push(...decoder.push(chunk));
  return [...lines, ...decoder.end()];
}

function* pieces(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let start = 0;
  for (let i = 0; start < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

describe('bytes of a log stream', () => {
  it('become the same lines wherever the chunks end', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((line) => line.replaceAll('\n', ' '));
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
    fc.assert(
      fc.property(fc.array(text), sizes, (texts, lengths) => {
        const bytes = new TextEncoder().encode(texts.map((line) => `${at} ${line}\n`).join(''));
        const expected = texts.map((line) => ({ at, text: line, omittedBytes: 0 }));
        assert.deepEqual(decode(pieces(bytes, lengths)), expected);
      }),
    );
  });

  it('keep what is no UTF-8 as U+FFFD, and empty lines', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode(`${at} a`), 0xe2, 0x82, 10]);
    assert.deepEqual(decode([bytes]), [{ at, text: 'a�', omittedBytes: 0 }]);
    assert.deepEqual(decode([new TextEncoder().encode(`${at} \n${at}\n`)]), [
      { at, text: '', omittedBytes: 0 },
      { at, text: '', omittedBytes: 0 },
    ]);
  });

  it('have no stamp where the kubelet speaks for itself', () => {
    const text = 'unable to retrieve container logs for containerd://1234';
    assert.deepEqual(decode([new TextEncoder().encode(text)]), [{ at: undefined, text, omittedBytes: 0 }]);
  });

  it('of an endless line are counted, not kept', () => {
    const decoder = new LogLineDecoder();
    const before = process.memoryUsage().arrayBuffers;
    decoder.push(new TextEncoder().encode(`${at} `));
    const chunk = new Uint8Array(32 * 1024).fill(0x78);
    for (let i = 0; i < 320; i++) assert.deepEqual(decoder.push(chunk), []);
    assert.ok(process.memoryUsage().arrayBuffers - before < 1024 * 1024);
    const [line] = decoder.push(new Uint8Array([10]));
    assert.equal(line?.text.length, keptBytes - at.length - 1);
    assert.equal((line?.omittedBytes ?? 0) + (line?.text.length ?? 0), 320 * 32 * 1024);
  });

  it('of a long line are cut between characters, in one chunk as in many', () => {
    const bytes = new TextEncoder().encode(`${at} ${'日'.repeat(keptBytes)}\n`);
    const [whole] = decode([bytes]);
    assert.deepEqual(decode(pieces(bytes, [1000])), [whole]);
    assert.match(whole?.text ?? '', /^日+$/);
  });
});

describe('a time stamp', () => {
  it('is UTC with nine decimals, whatever the node wrote', () => {
    assert.equal(utcStamp(at), at);
    assert.equal(utcStamp('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05.000000000Z');
    assert.equal(utcStamp('2026-01-01T00:30:00.5+02:00'), '2025-12-31T22:30:00.500000000Z');
    assert.equal(utcStamp('2024-02-28T23:30:00.5-01:00'), '2024-02-29T00:30:00.500000000Z');
    assert.equal(utcStamp('yesterday'), undefined);
  });

  it('with an offset is the same instant as for Date', () => {
    const ms = fc.date({ min: new Date('1970-01-02'), max: new Date('2199-12-30'), noInvalidDate: true });
    fc.assert(
      fc.property(ms, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const two = (number: number): string => String(Math.abs(number)).padStart(2, '0');
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
        assert.equal(utcStamp(local + zone), date.toISOString().replace('Z', '000000Z'));
      }),
    );
  });
});
