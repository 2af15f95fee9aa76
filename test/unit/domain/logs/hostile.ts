import fc from 'fast-check';

/** Beginnings, middles and ends of escape sequences, and characters that deceive, in any order. */
export const hostilePiece = fc.constantFrom(
  '\x1b',
  '\x1b[',
  '\x1b]',
  '\x1bP',
  '\x1b_',
  '\x1b\\',
  '\x07',
  '\x9b',
  '\x9d',
  '\x1b]8;;http://x',
  '\x1b[31m',
  '\x1b[?25l',
  '\x1b[2J',
  '38;5;',
  'm',
  '\u202e',
  '\u2066',
  '\u200d',
  '\ufeff',
  '\u{e0041}',
  '\ud800',
  '\r',
  '\x00',
  'text ',
  '[[[[',
  '{"level":',
  '"\\',
  'ERROR ',
  'error: ',
  '1234:',
);

/** Whole lines of them. */
export const hostileLine = fc
  .array(fc.oneof(hostilePiece, fc.string()), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

/** The shortest of a few runs in milliseconds: the others were disturbed. */
export function fastest(run: () => void): number {
  let best = Infinity;
  for (let i = 0; i < 5; i++) {
    const begun = performance.now();
    run();
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}
