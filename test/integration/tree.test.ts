import assert from 'node:assert/strict';
import { eventually } from '../testbed/eventually.ts';
import { anyContext, demoNamespace, extension, rowAt, rowsBelow } from './extension.ts';

describe('the view Deployments', () => {
  // Rows come while the cluster is still being listed: first deployments, then what tells their health.
  before(() =>
    eventually('the whole cluster to be seen', async () => {
      const failing = await rowAt(anyContext, demoNamespace, 'veza-backend-api');
      const frontend = await rowAt(anyContext, demoNamespace, 'veza-frontend');
      const [revisions = [], pods = []] = await Promise.all(
        (await rowsBelow(frontend.node)).map(({ node }) => rowsBelow(node)),
      );
      const known = failing.item.contextValue === 'deployment.degraded';
      return known && revisions.length === 2 && pods.length === 3;
    }),
  );

  it('leads from the context over its namespace to its deployments, the failing one first', async () => {
    const namespace = await rowAt(anyContext, demoNamespace);
    await rowAt(anyContext, demoNamespace, 'veza-backend-api');
    const labels = (await rowsBelow(namespace.node)).map(({ item }) => item.label);
    assert.deepEqual(labels, ['veza-backend-api', 'veza-chat-server', 'veza-frontend']);
  });

  it('holds a deployment’s revisions and its pods', async () => {
    const deployment = await rowAt(anyContext, demoNamespace, 'veza-frontend');
    assert.equal(deployment.item.contextValue, 'deployment.healthy');
    assert.match(String(deployment.item.description), /^3\/3 · rev 2 · v5\.11\.0/);
    const groups = await rowsBelow(deployment.node);
    assert.deepEqual(
      groups.map(({ item }) => item.label),
      ['Revisions', 'Pods'],
    );
    const [revisions, pods] = await Promise.all(groups.map(({ node }) => rowsBelow(node)));
    assert.deepEqual(
      revisions?.map(({ item }) => item.contextValue),
      ['revision.current', 'revision.older'],
    );
    assert.equal(pods?.length, 3);
  });

  it('marks the failing deployment so that it is drawn in the theme’s colour for errors', async () => {
    const failing = await rowAt(anyContext, demoNamespace, 'veza-backend-api');
    assert.equal(failing.item.contextValue, 'deployment.degraded');
    assert.equal(failing.item.resourceUri?.scheme, 'kubernetes-rollback-failing');
  });

  it('gives VS Code the same object for the same row, and the way back up', async () => {
    const { deployments } = await extension().activate();
    const namespace = await rowAt(anyContext, demoNamespace);
    const deployment = await rowAt(anyContext, demoNamespace, 'veza-frontend');
    const [revisions] = await rowsBelow(deployment.node);
    assert.equal((await rowAt(anyContext, demoNamespace, 'veza-frontend')).node, deployment.node);
    assert.equal(await deployments.getParent?.(revisions?.node), deployment.node);
    assert.equal(await deployments.getParent?.(deployment.node), namespace.node);
  });

  it('says every row to a screen reader in words', async () => {
    const deployment = await rowAt(anyContext, demoNamespace, 'veza-backend-api');
    const groups = await rowsBelow(deployment.node);
    const below = await Promise.all(groups.map(({ node }) => rowsBelow(node)));
    for (const { item, label } of [deployment, ...groups, ...below.flat()])
      assert.notEqual(item.accessibilityInformation?.label ?? '', '', label);
  });
});
