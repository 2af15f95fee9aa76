import assert from 'node:assert/strict';
import { goQuoted } from '../../../../src/domain/rollout/go-quoted.ts';

describe('text as Go quotes it', () => {
  // Each of them is what Go 1.26 prints with %q.
  const examples: readonly (readonly [string, string])[] = [
    ['', '""'],
    ['two words', '"two words"'],
    ['a "b" \\', '"a \\"b\\" \\\\"'],
    ['\u0007\b\f\n\r\t\v', '"\\a\\b\\f\\n\\r\\t\\v"'],
    ['\u0000\u001b\u007f', '"\\x00\\x1b\\x7f"'],
    ['ünï ٣ 漢', '"ünï ٣ 漢"'],
    ['\u00a0\u200b\ufeff', '"\\u00a0\\u200b\\ufeff"'],
    ['🚀\u{e0001}', '"🚀\\U000e0001"'],
  ];
  for (const [text, quoted] of examples) it(`is ${quoted}`, () => assert.equal(goQuoted(text), quoted));
});
