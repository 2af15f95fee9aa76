import assert from 'node:assert/strict';
import { KnownNodes } from '../../../src/host/tree/known-nodes.ts';
import { deploymentNode, idOf, type TreeNode } from '../../../src/host/tree/nodes.ts';

const context = (name: string): TreeNode => ({ kind: 'context', id: idOf.context(name), context: name });
const namespace = (of: string, name: string): TreeNode => ({
  kind: 'namespace',
  id: idOf.namespace(of, name),
  context: of,
  namespace: name,
});

describe('the rows that VS Code was given', () => {
  it('are the same objects as long as they are there', () => {
    const known = new KnownNodes();
    const [first] = known.place(undefined, [context('prod')]);
    const [again] = known.place(undefined, [context('prod')]);
    assert.equal(again, first);
  });

  it('carry new words where they are notices', () => {
    const known = new KnownNodes();
    const notice = (text: string): TreeNode => ({
      kind: 'notice',
      id: 'notice prod/warning',
      context: 'prod',
      icon: 'warning',
      text,
      hint: '',
    });
    known.place('context prod', [notice('before')]);
    assert.deepEqual(known.place('context prod', [notice('after')]), [notice('after')]);
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
