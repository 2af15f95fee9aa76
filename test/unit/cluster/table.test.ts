import assert from 'node:assert/strict';
import fc from 'fast-check';

import { Table } from '../../../src/cluster/table.ts';

interface Row {
  readonly uid: string;
  readonly owner: string | undefined;
  readonly version: number;
}

const uid = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const row: fc.Arbitrary<Row> = fc.record({
  uid,
  owner: fc.constantFrom(undefined, 'x', 'y', 'z'),
  version: fc.nat(),
});
const change = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), row }),
  fc.record({ kind: fc.constant('delete' as const), uid }),
  fc.record({
    kind: fc.constant('list' as const),
    rows: fc.array(row, { maxLength: 6 }),
    cutOff: fc.boolean(),
  }),
);

describe('a table', () => {
  it('holds what a plain map holds, and finds by owner what a search through it finds', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const table = new Table<Row>(({ owner }) => owner);
        const model = new Map<string, Row>();
        for (const step of changes) {
          if (step.kind === 'set') {
            table.set(step.row);
            model.set(step.row.uid, step.row);
          } else if (step.kind === 'delete') {
            assert.equal(table.delete(step.uid), model.get(step.uid));
            model.delete(step.uid);
          } else {
            table.begin();
            if (step.cutOff) {
              for (const each of step.rows) table.set(each);
              for (const each of model.keys()) assert.ok(table.get(each), 'a list under way deletes nothing');
              table.begin();
            }
            for (const each of step.rows) table.set(each);
            table.whole();
            model.clear();
            for (const each of step.rows) model.set(each.uid, each);
          }
        }
        const byUid = (a: Row, b: Row) => (a.uid < b.uid ? -1 : 1);
        assert.deepEqual([...table.all()].toSorted(byUid), [...model.values()].toSorted(byUid));
        for (const owner of ['x', 'y', 'z', 'nobody'])
          assert.deepEqual(
            table.ownedBy(owner).toSorted(byUid),
            [...model.values()].filter((each) => each.owner === owner).toSorted(byUid),
          );
        for (const each of model.values()) assert.equal(table.get(each.uid), each);
      }),
    );
  });
});
