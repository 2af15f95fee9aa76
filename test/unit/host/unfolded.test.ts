import assert from 'node:assert/strict';
import { idOf, type TreeNode } from '../../../src/host/tree/nodes.ts';
import { Unfolded } from '../../../src/host/tree/unfolded.ts';

const context: TreeNode = { kind: 'context', id: idOf.context('prod'), context: 'prod' };
const namespace: TreeNode = {
  kind: 'namespace',
  id: idOf.namespace('prod', 'shop'),
  context: 'prod',
  namespace: 'shop',
  open: true,
};

describe('a row of the tree can be seen', () => {
  const make = () => new Unfolded((node) => (node === namespace ? context : undefined));

  it('where VS Code asked for what is below the rows above it', () => {
    const unfolded = make();
    assert.equal(unfolded.isShown(namespace), false);
    unfolded.asked(context);
    assert.equal(unfolded.isShown(namespace), true);
    assert.equal(unfolded.isShown(context), true);
  });

  it('not while a row above it is folded, and what changed meanwhile is drawn when it is unfolded', () => {
    const unfolded = make();
    unfolded.asked(context);
    unfolded.fold(context);
    unfolded.asked(context);
    assert.equal(unfolded.isShown(namespace), false);
    assert.equal(unfolded.unfold(context), true);
    assert.equal(unfolded.isShown(namespace), true);
    unfolded.fold(context);
    assert.equal(unfolded.unfold(context), false, 'nothing changed');
  });

  it('again where the folded row went and came back', () => {
    const unfolded = make();
    unfolded.fold(context);
    unfolded.forget(context.id);
    unfolded.asked(context);
    assert.equal(unfolded.isShown(namespace), true);
  });
});
