import assert from 'node:assert/strict';
import { templatePath } from '../../../../src/views/documents/template-path.ts';

describe('the document of a template in a preview', () => {
  const api = { context: 'prod/eu', namespace: 'shop', name: 'api' };

  it('is another one for each place, and for each of two revisions with one number', () => {
    const paths = [
      templatePath(api, { revision: 3, replicaSetUid: 'older' }),
      templatePath(api, { revision: 3, replicaSetUid: 'younger' }),
      templatePath(api, { revision: 3, replicaSetUid: '' }),
      templatePath(
        { ...api, namespace: 'eu/shop', context: 'prod' },
        { revision: 3, replicaSetUid: 'older' },
      ),
    ];
    assert.equal(new Set(paths).size, paths.length);
    assert.equal(paths[0], '/prod%2Feu/shop/api/older/revision-3.yaml');
  });
});
