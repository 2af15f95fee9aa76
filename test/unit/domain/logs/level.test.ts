import assert from 'node:assert/strict';
import fc from 'fast-check';

import { levelOf } from '../../../../src/domain/logs/level.ts';
import type { LogLevel } from '../../../../src/domain/logs/line.ts';
import { fastest, hostileLine, hostilePiece } from './hostile.ts';

const lines: readonly (readonly [level: LogLevel | undefined, text: string])[] = [
  ['error', '{"level":"error","msg":"x"}'],
  ['warn', '{"severity":"WARNING"}'],
  ['error', '{"level":50,"time":1,"msg":"pino"}'],
  ['fatal', '{"level":60}'],
  ['info', '{"log.level":"info"}'],
  ['warn', '{"log":{"level":"WARN"}}'],
  ['error', '{"level":"error","msg":"cut off'],
  [undefined, '{"request":{"level":"error"}}'],
  [undefined, '{"msg":"error"}'],
  ['error', 'ERROR something'],
  ['error', '2026-01-02 10:00:00,123 ERROR [main] com.example.App - x'],
  ['warn', '2026-01-02T10:00:00.000Z  WARN 1 --- [main] x'],
  ['error', '2026-01-02 10:00:00 root ERROR x'],
  ['error', '[2026-01-02 10:00:00] production.ERROR: x'],
  ['error', '2026-01-02 10:00:00 UTC [123] ERROR:  relation "x" does not exist'],
  ['fatal', 'FATAL:  password authentication failed'],
  ['info', 'INFO 0 errors, retry after ERROR'],
  ['error', '[error] 31#31: *1 open() failed'],
  ['error', '2026/01/02 03:04:05 [error] 31#31: *1 open() failed'],
  ['error', 'level=error msg="x"'],
  ['warn', 'ts=2026-01-02T10:00:00Z level=warn msg=x'],
  ['error', 'E0102 15:04:05.123456       1 main.go:3] x'],
  ['info', 'I0102 15:04:05.123456       1 main.go:3] ERROR in the text'],
  ['fatal', '2026/01/02 10:00:00 panic: runtime error'],
  ['error', 'TypeError: x is not a function'],
  ['error', 'java.lang.NullPointerException: x'],
  ['error', 'Traceback (most recent call last):'],
  ['error', '\x1b[31mERROR\x1b[0m red'],
  ['error', '\x1b[90m10:00:00\x1b[0m \x1b[1;31m[error]\x1b[0m x'],
  ['debug', 'DEBUG x'],
  [undefined, '0 errors'],
  [undefined, 'no error found'],
  [undefined, 'Done. no ERROR found'],
  [undefined, 'GET /errors/1 200'],
  [undefined, 'ERROR_CODE=7'],
  [undefined, 'the error was handled'],
  [undefined, 'errors: 0'],
  [undefined, ''],
];

describe('the level of a line', () => {
  for (const [level, text] of lines)
    it(`is ${level ?? 'not said'} in ${JSON.stringify(text)}`, () => assert.equal(levelOf(text), level));

  it('is found in any line without an exception', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), hostileLine), (text) => void levelOf(text)));
  });

  it('takes time in proportion to the length, whatever is repeated', () => {
    const samples = fc.sample(fc.array(hostilePiece, { minLength: 1, maxLength: 4 }), {
      numRuns: 60,
      seed: 7,
    });
    for (const unit of [
      ...samples.map((pieces) => pieces.join('')),
      'Error',
      '$.a',
      '1 ',
      '[x] ',
      '{"a":',
      '{',
      '{[',
    ]) {
      const line = unit.repeat(Math.ceil(65_536 / unit.length));
      const ms = fastest(() => void levelOf(line));
      assert.ok(ms < 20, `${ms} ms for ${JSON.stringify(unit)}`);
    }
  });
});
