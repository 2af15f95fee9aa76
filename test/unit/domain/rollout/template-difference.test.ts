import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PodTemplateJson } from '../../../../src/domain/rollout/json.ts';
import { templateDifference } from '../../../../src/domain/rollout/template-difference.ts';
import { equalTemplates } from '../../../../src/domain/rollout/template-equality.ts';

function container(fields: object, more: object = {}): PodTemplateJson {
  return JSON.parse(JSON.stringify({ spec: { containers: [{ name: 'api', ...fields }], ...more } }));
}

function words(from: PodTemplateJson, to: PodTemplateJson): readonly string[] {
  return templateDifference(from, to).map((change) => change.words);
}

function env(...variables: (readonly [string, string])[]): PodTemplateJson {
  return container({ env: variables.map(([name, value]) => ({ name, value })) });
}

describe('what changes between two templates', () => {
  it('is nothing between equal ones, however their quantities are spelled', () => {
    const cpu = (amount: string) => container({ resources: { limits: { cpu: amount } } });
    assert.deepEqual(templateDifference(cpu('1'), cpu('1000m')), []);
  });

  it('begins with the images, by tag where the repository stays', () => {
    assert.deepEqual(
      words(
        container({ args: ['a'], image: 'r:5000/api:v2.4.0' }),
        container({ args: ['b'], image: 'r:5000/api:v2.3.1' }),
      ),
      ['image of api: v2.4.0 → v2.3.1', 'args of api: ["a"] → ["b"]'],
    );
    assert.deepEqual(words(container({ image: 'a/api:v1' }), container({ image: 'b/api:v1' })), [
      'image of api: a/api:v1 → b/api:v1',
    ]);
  });

  it('names variables that change, come and go', () => {
    assert.deepEqual(
      words(env(['LOG_LEVEL', 'debug'], ['OLD', '1']), env(['NEW', '2'], ['LOG_LEVEL', 'info'])),
      ['env LOG_LEVEL of api: debug → info', 'env OLD of api removed (was 1)', 'env NEW of api added: 2'],
    );
  });

  it('tells where a variable comes from', () => {
    const from = container({ env: [{ name: 'URL', value: 'http://x' }] });
    const to = container({ env: [{ name: 'URL', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } }] });
    assert.deepEqual(words(from, to), [
      'env URL of api: http://x → {"configMapKeyRef":{"name":"c","key":"k"}}',
    ]);
  });

  it('matches containers by name, and tells new ones, lost ones and a new order', () => {
    const containers = (...names: string[]): PodTemplateJson => ({
      spec: { containers: names.map((name) => ({ name, image: `${name}:1` })) },
    });
    assert.deepEqual(words(containers('api', 'proxy'), containers('side', 'api')), [
      'container proxy removed (was proxy:1)',
      'container side added: side:1',
    ]);
    assert.deepEqual(words(containers('a', 'b'), containers('b', 'a')), [
      'order of containers: ["a","b"] → ["b","a"]',
    ]);
    assert.deepEqual(
      words(container({}), container({}, { initContainers: [{ name: 'migrate', image: 'm:1' }] })),
      ['init container migrate added: m:1'],
    );
  });

  it('tells volumes by their source and mounts by their path', () => {
    const added = container(
      { volumeMounts: [{ name: 'flags', mountPath: '/etc/flags' }] },
      {
        volumes: [
          { name: 'flags', configMap: { name: 'checkout-flags', defaultMode: 420 } },
          { name: 'keys', secret: { secretName: 'checkout-keys' } },
          { name: 'data', persistentVolumeClaim: { claimName: 'carts' } },
          { name: 'tmp', emptyDir: {} },
        ],
      },
    );
    assert.deepEqual(words(container({}), added).toSorted(), [
      'volume data added: persistentVolumeClaim carts',
      'volume flags added: configMap checkout-flags',
      'volume keys added: secret checkout-keys',
      'volume mount flags of api added: /etc/flags',
      'volume tmp added: emptyDir',
    ]);
  });

  it('names labels, annotations and other fields', () => {
    const from = { ...container({}), metadata: { labels: { version: '1' } } };
    const to = {
      ...container({ resources: { limits: { memory: '2Gi' } } }, { terminationGracePeriodSeconds: 60 }),
      metadata: { labels: { version: '2' }, annotations: { note: 'x' } },
    };
    assert.deepEqual(words(from, to).toSorted(), [
      'annotation note added: x',
      'label version: 1 → 2',
      'resources.limits.memory of api added: 2Gi',
      'terminationGracePeriodSeconds added: 60',
    ]);
  });

  it('gives the path and both values', () => {
    assert.deepEqual(templateDifference(container({ image: 'api:1' }), container({ image: 'api:2' })), [
      { path: 'spec.containers[api].image', from: 'api:1', to: 'api:2', words: 'image of api: 1 → 2' },
    ]);
  });

  const secret = 'hunter2';
  const secretive: readonly (readonly [string, PodTemplateJson])[] = [
    ['a variable named after a password', env(['DB_PASSWORD', secret])],
    ['a variable that comes twice', env(['API_TOKEN', 'x'], ['API_TOKEN', secret])],
    ['a URL with a password', env(['DATABASE', `postgres://user:${secret}@db/shop`])],
    ['an option', container({ args: [`--db-password=${secret}`] })],
    [
      'a header of a probe',
      container({ livenessProbe: { httpGet: { httpHeaders: [{ name: 'Authorization', value: secret }] } } }),
    ],
    [
      'a container without an image',
      { spec: { containers: [{ name: 'x', env: [{ name: 'MY_SECRET', value: secret }] }] } },
    ],
    ['an unnamed list', container({ unknown: [[{ name: 'MY_SECRET', value: secret }]] })],
  ];
  for (const [where, holder] of secretive) {
    it(`does not give away a secret in ${where}`, () => {
      for (const other of [container({}), env(['DB_PASSWORD', 'old'], ['API_TOKEN', 'old']), undefined]) {
        assert.ok(!JSON.stringify(templateDifference(holder, other)).includes(secret));
        assert.ok(!JSON.stringify(templateDifference(other, holder)).includes(secret));
      }
      assert.notDeepEqual(templateDifference(holder, container({})), []);
    });
  }

  it('is empty exactly for equal templates', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [container({ one }), container({ one: other })];
        assert.equal(templateDifference(a, b).length === 0, equalTemplates(a, b));
      }),
    );
  });
});
