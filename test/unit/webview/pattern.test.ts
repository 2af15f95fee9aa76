import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compilePattern } from '../../../src/webview/log/compile-pattern.ts';
import { compile } from '../../../src/webview/log/linear-expression.ts';
import { expressionOf, expressionPattern, plainPattern } from '../../../src/webview/log/pattern.ts';

describe('what a person types into filter and search', () => {
  it('is a regular expression between slashes or by its toggle, else text', () => {
    assert.equal(expressionOf({ text: '/a+/', regex: false }), 'a+');
    assert.equal(expressionOf({ text: 'a+', regex: true }), 'a+');
    assert.equal(expressionOf({ text: 'a+', regex: false }), undefined);
    assert.equal(expressionOf({ text: '//', regex: false }), undefined);
    assert.equal(expressionOf({ text: '', regex: true }), undefined);
  });

  it('is found as text in any case, each place once', () => {
    assert.deepEqual(plainPattern('AB').places('abxABab'), [
      [0, 2],
      [3, 5],
      [5, 7],
    ]);
    assert.equal(plainPattern('').matches('x'), true);
  });

  it('is compiled when the engine has come, and says why it cannot be', async () => {
    const first = compilePattern({ text: '/lis+ten/', regex: false });
    if (first.kind === 'loading') await first.ready;
    const compiled = compilePattern({ text: '/lis+ten/', regex: false });
    assert.ok(compiled.kind === 'pattern');
    assert.equal(compiled.pattern.matches('it is LISTENING'), true);
    assert.deepEqual(compiled.pattern.places('listen, lissten'), [
      [0, 6],
      [8, 15],
    ]);
    const invalid = compilePattern({ text: '(ab', regex: true });
    assert.deepEqual(invalid, { kind: 'invalid', reason: 'missing closing ): (ab' });
  });

  it('marks no place where an expression matches nothing at all, and comes to an end', () => {
    const expression = compile('x*');
    assert.ok(typeof expression !== 'string');
    assert.deepEqual(expressionPattern(expression).places('axxb'), [[1, 3]]);
  });

  it('never throws, and answers or explains whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (source, text) => {
        const expression = compile(source);
        if (typeof expression === 'string') assert.notEqual(expression, '');
        else expressionPattern(expression).places(text);
      }),
    );
  });

  it('takes time that grows with the line alone, where backtracking would never end', () => {
    const expression = compile('(a+)+$');
    assert.ok(typeof expression !== 'string');
    assert.equal(expression.test(`${'a'.repeat(16_000)}!`), false);
  });
});
