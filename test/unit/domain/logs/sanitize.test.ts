import assert from 'node:assert/strict';
import fc from 'fast-check';

import { sgrEscape } from '../../../../src/domain/logs/ansi.ts';
import { sanitizeLine, shownBytes } from '../../../../src/domain/logs/sanitize.ts';
import { fastest, hostileLine, hostilePiece } from './hostile.ts';

describe('a line made harmless', () => {
  it('keeps text, tabs and colours as they are', () => {
    for (const line of ['plain', 'a\tb', '\x1b[1;38;5;200mred\x1b[0m', 'żółć 日本語 👨‍👩‍👧', 'می‌خواهم'])
      assert.equal(sanitizeLine(line), line);
  });

  it('loses cursor movements, titles, device strings and the address of a hyperlink, not its text', () => {
    assert.equal(sanitizeLine('a\x1b[2J\x1b[1;1H\x1b[?25lb'), 'ab');
    assert.equal(sanitizeLine('a\x1b]0;title\x07b\x1bPq#0\x1b\\c\x1b_x\x1b\\d'), 'abcd');
    assert.equal(sanitizeLine('\x1b]8;;https://evil\x1b\\click\x1b]8;;\x1b\\'), 'click');
    assert.equal(sanitizeLine('\x1bc\x1b(B\x1b7x'), 'x');
    assert.equal(sanitizeLine('\x1b[>4;2mx'), 'x');
  });

  it('cannot hide its rest in a sequence without an end', () => {
    assert.equal(sanitizeLine('a\x1b]0;the rest'), 'a0;the rest');
    assert.equal(sanitizeLine('a\x1b[38;5'), 'a');
  });

  it('shows control characters, bidi controls and invisible characters as marks', () => {
    assert.equal(sanitizeLine('a\rb\x00\x08\x7f\x1b'), 'a␍b␀␈␡␛');
    assert.equal(sanitizeLine('\x9b31m'), '⟨U+009B⟩31m');
    assert.equal(sanitizeLine('user\u202etxt.exe\u2069'), 'user⟨U+202E⟩txt.exe⟨U+2069⟩');
    assert.equal(
      sanitizeLine('pass\u200dword\u00ad\u2028\u{e0041}'),
      'pass⟨U+200D⟩word⟨U+00AD⟩⟨U+2028⟩⟨U+E0041⟩',
    );
    assert.equal(sanitizeLine('windows line\r'), 'windows line');
  });

  it('shows what is no Unicode as U+FFFD', () => {
    assert.equal(sanitizeLine('a\ud800b'), 'a�b');
  });

  it('is cut at 16 KiB and says how much is missing', () => {
    assert.equal(sanitizeLine('x'.repeat(shownBytes)), 'x'.repeat(shownBytes));
    assert.equal(sanitizeLine('x'.repeat(shownBytes + 5)), `${'x'.repeat(shownBytes)} … (5 bytes more)`);
    assert.equal(
      sanitizeLine('é'.repeat(shownBytes), 7),
      `${'é'.repeat(shownBytes / 2)} … (${shownBytes + 7} bytes more)`,
    );
    assert.equal(sanitizeLine('short', 9), 'short … (9 bytes more)');
  });

  it('holds no escape but SGR and no character that cannot be seen, whatever came in', () => {
    fc.assert(
      fc.property(hostileLine, (line) => {
        const text = sanitizeLine(line).replace(sgrEscape, '');
        assert.doesNotMatch(
          text.replaceAll('\t', ''),
          /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u202a-\u202e\u2066-\u2069\ufeff]/u,
        );
        assert.ok(text.isWellFormed());
      }),
      { numRuns: 500 },
    );
  });

  it('does not change when it is made harmless again', () => {
    fc.assert(
      fc.property(hostileLine, (line) => assert.equal(sanitizeLine(sanitizeLine(line)), sanitizeLine(line))),
    );
  });

  it('takes time in proportion to the length, whatever is repeated', () => {
    const samples = fc.sample(fc.array(hostilePiece, { minLength: 1, maxLength: 4 }), {
      numRuns: 60,
      seed: 7,
    });
    for (const pieces of samples) {
      const unit = pieces.join('');
      const line = unit.repeat(Math.ceil(shownBytes / unit.length)).slice(0, shownBytes);
      const ms = fastest(() => sanitizeLine(line));
      // Quadratic time would be some hundred milliseconds at this length.
      assert.ok(ms < 20, `${ms} ms for ${JSON.stringify(unit)}`);
    }
  });
});
