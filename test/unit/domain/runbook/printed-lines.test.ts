import assert from 'node:assert/strict';
import fc from 'fast-check';

import { PrintedLines } from '../../../../src/domain/runbook/printed-lines.ts';

describe('what a smoke test prints', () => {
  const printed = (...pieces: readonly string[]) => {
    const lines = new PrintedLines();
    for (const piece of pieces) lines.add(piece);
    return lines;
  };

  it('stays as lines, also where it comes in pieces', () => {
    const lines = printed('one\ntw', 'o\nthree\n', '\n');
    assert.equal(lines.last, 'one\ntwo\nthree');
    assert.equal(lines.lastLine, 'three');
    assert.deepEqual([printed().last, printed('\n \n').last, printed().lastLine], ['', '', '']);
  });

  it('loses its colours and other escape sequences, and what a progress bar has overwritten', () => {
    assert.equal(printed('\x1b[32mok\x1b[0m 3 tests\x1b]8;;http://x\x07\r\n').last, 'ok 3 tests');
    assert.equal(printed('10 %\r50 %\r100 %\ndone').last, '100 %\ndone');
  });

  it('carries no secret, wherever it was cut', () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBg\n'.repeat(200)}-----END PRIVATE KEY-----\nend`;
    const { last } = printed(key.slice(0, 500), key.slice(500));
    assert.doesNotMatch(last, /MIIEv/);
    assert.match(last, /end$/);
    assert.doesNotMatch(printed('DB_PASSWORD=hunter2\n').lastLine, /hunter2/);
  });

  it('is bounded, and says what was left out', () => {
    const { last } = printed(...Array.from({ length: 5_000 }, (_, i) => `line ${i}\n`));
    const lines = last.split('\n');
    assert.equal(lines.length, 101);
    assert.deepEqual([lines[0], lines.at(-1)], ['… (earlier lines are left out)', 'line 4999']);
  });

  it('is never more than a screen or two of harmless text, whatever comes', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('\x1b[31m', '\n', '\r', 'x'.repeat(40_000), '\x1b]0;'),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(pieces, (some) => {
        const { last, lastLine } = printed(...some);
        assert.ok(last.length <= 17 * 1024 && last.split('\n').length <= 101);
        // oxlint-disable-next-line no-control-regex -- what must not be there
        assert.doesNotMatch(last + lastLine, /[\x00-\x08\x0b-\x1f]/);
      }),
      { numRuns: 60 },
    );
  });
});
