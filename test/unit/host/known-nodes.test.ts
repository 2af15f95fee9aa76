import assert from 'node:assert/strict';
import { KnownNodes } from '../../../src/host/tree/known-nodes.ts';
import { deploymentNode, idOf, noticeNode, type TreeNode } from '../../../src/host/tree/nodes.ts';

const context = (name: string): TreeNode => ({ kind: 'context', id: idOf.context(name), context: name });
const namespace = (of: string, name: string): TreeNode => ({
  kind: 'namespace',
  id: idOf.namespace(of, name),
  context: of,
  namespace: name,
  open: true,
});

describe('the rows that VS Code was given', () => {
  it('are the same objects as long as they are there', () => {
    const known = new KnownNodes();
    const [first] = known.place(undefined, [context('prod')]);
    const [again] = known.place(undefined, [context('prod')]);
    assert.equal(again, first);
  });

  it('are other ones where they are notices with other words', () => {
    const known = new KnownNodes();
    const notice = (text: string): TreeNode =>
      noticeNode('prod', { key: 'warning', icon: 'warning', tone: 'warning', text, hint: '' });
    known.place('context prod', [notice('before')]);
    assert.deepEqual(known.place('context prod', [notice('after')]), [notice('after')]);
    assert.equal(known.size, 1);
  });

  it('know the way up, what they said and what was below them, until they are gone', () => {
    const known = new KnownNodes();
    const [prod] = known.place(undefined, [context('prod')]);
    const [shop] = known.place(idOf.context('prod'), [namespace('prod', 'shop')]);
    assert.ok(shop);
    known.draw(shop.id, 'words');
    assert.equal(known.parentOf(shop), prod);
    assert.deepEqual(known.drawingOf(shop.id), { words: 'words', below: undefined });
    assert.deepEqual(known.drawingOf(idOf.context('prod')).below, [shop.id]);
    assert.deepEqual([...known.tree(idOf.context('prod'))], [prod, shop]);
    known.place(undefined, []);
    assert.deepEqual(known.drawingOf(shop.id), { words: undefined, below: undefined });
  });

  it('are forgotten with all below them when they are gone', () => {
    const known = new KnownNodes();
    known.place(undefined, [context('prod')]);
    known.place(idOf.context('prod'), [namespace('prod', 'shop'), namespace('prod', 'blog')]);
    const api = deploymentNode('prod', { namespace: 'shop', name: 'api', uid: '1' });
    known.place(idOf.namespace('prod', 'shop'), [api]);
    known.place(idOf.context('prod'), [namespace('prod', 'blog')]);
    assert.equal(known.get(api.id), undefined);
    assert.equal(known.size, 2);
  });

  it('do not pile up while pods come and go', () => {
    const known = new KnownNodes();
    const deployment = deploymentNode('prod', { namespace: 'shop', name: 'api', uid: '1' });
    const pods = idOf.group(deployment, 'pods');
    for (let round = 0; round < 100; round++)
      known.place(pods, [{ kind: 'pod', id: `${pods}/${round}`, deployment, podUid: String(round) }]);
    assert.equal(known.size, 1);
  });

  it('are not taken for each other where a context has slashes in its name', () => {
    assert.notEqual(idOf.context('default/api/admin'), idOf.namespace('default/api', 'admin'));
  });
});
