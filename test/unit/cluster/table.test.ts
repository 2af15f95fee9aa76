import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';

import { NameIndex } from '../../../src/cluster/store/name-index.ts';
import { Table } from '../../../src/cluster/store/table.ts';

interface Row {
  readonly uid: string;
  readonly namespace: string;
  readonly owner: string | undefined;
  readonly version: number;
}

const uid = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const row: fc.Arbitrary<Row> = fc.record(
  {
    uid,
    namespace: fc.constantFrom('n', 'm'),
    owner: fc.constantFrom(undefined, 'x', 'y', 'z'),
    version: fc.nat({ max: 2 }),
  },
  { noNullPrototype: true },
);
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), row }),
  fc.record({ kind: fc.constant('delete' as const), uid }),
);

describe('a table', () => {
  it('holds what a plain map holds, and finds by owner what a search through it finds', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const table = new Table<Row>(({ owner }) => owner);
        const model = new Map<string, Row>();
        for (const step of changes) {
          if (step.kind === 'set') {
            const before = model.get(step.row.uid);
            const same = isDeepStrictEqual(before, step.row);
            assert.equal(table.set(step.row), same ? step.row : before);
            if (!same) model.set(step.row.uid, step.row);
          } else {
            assert.deepEqual(table.delete(step.uid), model.get(step.uid));
            model.delete(step.uid);
          }
        }
        const byUid = (a: Row, b: Row) => (a.uid < b.uid ? -1 : 1);
        assert.deepEqual([...table.all()].toSorted(byUid), [...model.values()].toSorted(byUid));
        for (const owner of ['x', 'y', 'z', 'nobody'])
          assert.deepEqual(
            table.ownedBy(owner).toSorted(byUid),
            [...model.values()].filter((each) => each.owner === owner).toSorted(byUid),
          );
        for (const each of model.values()) assert.deepEqual(table.get(each.uid), each);
        const inM = [...model.values()].filter(({ namespace }) => namespace === 'm');
        assert.deepEqual(table.uidsIn('m'), new Set(inM.map(({ uid }) => uid)));
        assert.deepEqual(table.uidsIn(undefined), new Set(model.keys()));
      }),
    );
  });
});

describe('the index by name', () => {
  const row = (uid: string, name: string, namespace = 'shop') => ({ uid, namespace, name });

  it('finds by namespace and name, and knows which namespaces there are', () => {
    const index = new NameIndex<ReturnType<typeof row>>();
    assert.equal(index.set(row('1', 'web')), true);
    assert.equal(index.set(row('2', 'api')), false);
    assert.equal(index.set(row('3', 'web', 'bank')), true);
    assert.equal(index.get('shop', 'web')?.uid, '1');
    assert.equal(index.get('bank', 'api'), undefined);
    index.delete(row('3', 'web', 'bank'));
    assert.deepEqual([...index.namespaces()], ['shop']);
  });

  it('keeps the new object where one with the same name is deleted late', () => {
    const index = new NameIndex<ReturnType<typeof row>>();
    index.set(row('old', 'web'));
    index.set(row('new', 'web'));
    index.delete(row('old', 'web'));
    assert.equal(index.get('shop', 'web')?.uid, 'new');
  });
});
