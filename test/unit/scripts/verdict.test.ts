import assert from 'node:assert/strict';
import { verdict } from '../../../scripts/layers/verdict.ts';

const passed = { passed: 2, failed: [], skipped: 0 };
const none = { passed: 0, failed: [], skipped: 0 };
const here = { ci: false, selected: false };

describe('the verdict on a test run', () => {
  it('adds up the layers in one line', () => {
    const { line, problems } = verdict(
      [
        ['unit', passed],
        ['e2e', { passed: 1, failed: [], skipped: 3 }],
      ],
      here,
    );
    assert.equal(line, '3 passed, 0 failed, 3 skipped');
    assert.deepEqual(problems, []);
  });

  it('fails where a test failed, and names it', () => {
    const { line, problems } = verdict(
      [['unit', { passed: 2, failed: ['a pod is ready'], skipped: 0 }]],
      here,
    );
    assert.equal(line, '2 passed, 1 failed, 0 skipped');
    assert.deepEqual(problems, ['Failed in unit: a pod is ready']);
  });

  it('fails where a layer ran no test', () => {
    const tallies = [['unit', passed] as const, ['e2e', none] as const];
    assert.deepEqual(verdict(tallies, here).problems, ['The layer e2e ran no test.']);
  });

  it('lets a layer run none of the tests that were selected, but not all layers', () => {
    const selected = { ci: false, selected: true };
    assert.deepEqual(
      verdict(
        [
          ['unit', passed],
          ['e2e', none],
        ],
        selected,
      ).problems,
      [],
    );
    assert.deepEqual(verdict([['unit', none]], selected).problems, ['No test ran.']);
  });

  it('fails under CI where a test was skipped', () => {
    const tallies = [['unit', { passed: 2, failed: [], skipped: 1 }] as const];
    assert.deepEqual(verdict(tallies, here).problems, []);
    assert.deepEqual(verdict(tallies, { ci: true, selected: false }).problems, [
      '1 skipped, which CI does not allow.',
    ]);
  });
});
