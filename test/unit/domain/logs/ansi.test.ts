import assert from 'node:assert/strict';
import fc from 'fast-check';

import { parseSgr, sgrEscape } from '../../../../src/domain/logs/ansi.ts';

describe('SGR escapes', () => {
  it('become classes for the sixteen colours of the theme and for the looks', () => {
    assert.deepEqual(parseSgr('a\x1b[1;31mb\x1b[22;94;107mc\x1b[0md'), [
      { text: 'a', classes: [] },
      { text: 'b', classes: ['bold', 'fg1'] },
      { text: 'c', classes: ['fg12', 'bg15'] },
      { text: 'd', classes: [] },
    ]);
    assert.deepEqual(parseSgr('\x1b[2;3;4;7;9mx\x1b[23;24;27;29my'), [
      { text: 'x', classes: ['dim', 'italic', 'underline', 'inverse', 'strike'] },
      { text: 'y', classes: ['dim'] },
    ]);
  });

  it('become styles for 256 colours and true colours, with semicolons and with colons', () => {
    assert.deepEqual(
      parseSgr('\x1b[38;5;9;48;5;196ma\x1b[38;2;1;2;3;1mb\x1b[49;38:2::255:0:16mc\x1b[38:5:232md'),
      [
        { text: 'a', classes: ['fg9'], style: { backgroundColor: '#ff0000' } },
        { text: 'b', classes: ['bold'], style: { color: '#010203', backgroundColor: '#ff0000' } },
        { text: 'c', classes: ['bold'], style: { color: '#ff0010' } },
        { text: 'd', classes: ['bold'], style: { color: '#080808' } },
      ],
    );
  });

  it('leave nothing of themselves and everything of the text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[\d;:]{0,12}$/).map((codes) => `\x1b[${codes}m`),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const line = pieces.join('');
        const shown = parseSgr(line)
          .map(({ text }) => text)
          .join('');
        assert.equal(shown, line.replace(sgrEscape, ''));
      }),
    );
  });

  it('give no value but the known classes and hexadecimal colours', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\d;:]{0,40}$/), (codes) => {
        for (const { classes, style = {} } of parseSgr(`\x1b[${codes}mx`)) {
          for (const name of classes)
            assert.match(name, /^(bold|dim|italic|underline|inverse|strike|[fb]g(\d|1[0-5]))$/);
          for (const colour of Object.values(style)) assert.match(colour, /^#[\da-f]{6}$/);
        }
      }),
    );
  });
});
