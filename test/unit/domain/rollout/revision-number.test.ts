import assert from 'node:assert/strict';
import {
  exactRevision,
  formerRevisions,
  revisionNumber,
} from '../../../../src/domain/rollout/revision-number.ts';
import { revision } from './objects.ts';

describe('revision numbers', () => {
  it('are 0 where the annotation is missing', () => {
    assert.equal(revisionNumber(undefined), 0);
    assert.equal(revisionNumber({}), 0);
  });

  const readable: readonly (readonly [string, number])[] = [
    ['7', 7],
    ['+7', 7],
    ['-7', -7],
    ['007', 7],
    ['-0', 0],
    ['9223372036854775807', 2 ** 63],
    ['-9223372036854775808', -(2 ** 63)],
  ];
  for (const [text, number] of readable) {
    it(`read ${text} as Go's ParseInt does`, () => assert.equal(revisionNumber(revision(text)), number));
  }

  it('are exact up to the limits of int64, and rounded only for showing', () => {
    for (const text of ['9223372036854775807', '9007199254740993', '-9223372036854775808'])
      assert.equal(exactRevision(revision(text)), BigInt(text));
  });

  const unreadable = [
    '',
    ' 7',
    '7 ',
    '7.0',
    '1e3',
    '0x7',
    '1_000',
    'seven',
    '+',
    '٧',
    '9223372036854775808',
    '-9223372036854775809',
  ];
  for (const text of unreadable) {
    it(`refuse ${JSON.stringify(text)} as Go's ParseInt does`, () => {
      assert.equal(revisionNumber(revision(text)), undefined);
    });
  }
});

describe('the numbers that a ReplicaSet had before', () => {
  const former = (text: string) => formerRevisions({ 'deployment.kubernetes.io/revision-history': text });

  it('are those of the annotation, oldest first', () => {
    assert.deepEqual(former('2'), [2]);
    assert.deepEqual(former('2,5,7'), [2, 5, 7]);
  });

  it('are none where it is missing, empty or no list of revisions', () => {
    for (const annotations of [undefined, {}]) assert.deepEqual(formerRevisions(annotations), []);
    for (const text of ['', ',', 'seven', '0', '-3', '99999999999999999999'])
      assert.deepEqual(former(text), []);
  });

  it('leave out what is no number, and what is told twice', () => {
    assert.deepEqual(former('2,x,,2,3'), [2, 3]);
  });
});
