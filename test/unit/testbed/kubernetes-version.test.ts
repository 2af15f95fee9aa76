import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testedKubernetes } from '../../testbed/cluster/binary/kubernetes-version.ts';

describe('the Kubernetes of the test cluster', () => {
  const folder = join(import.meta.dirname, '..', '..', 'testbed', 'cluster', 'binary');

  it('is 1.37 where nothing is asked for', () => assert.equal(testedKubernetes('').minor, 37));

  for (const asked of ['1.36', '1.37'])
    it(`is built from the modules of ${asked} where that is asked for`, () => {
      const { git, modfile } = testedKubernetes(asked);
      assert.ok(git.startsWith(`v${asked}.`));
      const modules = readFileSync(join(folder, modfile), 'utf8');
      assert.match(modules, new RegExp(`k8s.io/kubernetes ${git.replaceAll('.', '\\.')}\n`));
      assert.match(modules, new RegExp(`k8s.io/apiserver => k8s.io/apiserver ${git.replace('v1.', 'v0.')}`));
    });

  it('cannot be one that nobody has named', () =>
    assert.throws(() => testedKubernetes('1.12'), /"1.12": the test cluster can be 1.37, 1.36/));
});
