import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PodTemplateJson } from '../../../../src/domain/rollout/json.ts';
import { equalTemplates, withoutHash } from '../../../../src/domain/rollout/template-equality.ts';
import { template } from './objects.ts';

/** A template out of JSON, with fields that no type knows. */
function parsed(json: unknown): PodTemplateJson {
  return JSON.parse(JSON.stringify(json));
}

function container(fields: object): PodTemplateJson {
  return parsed({ spec: { containers: [{ name: 'api', ...fields }] } });
}

function spec(fields: object): PodTemplateJson {
  return parsed({ spec: { containers: [{ name: 'api' }], ...fields } });
}

describe('template equality', () => {
  it('ignores the label pod-template-hash', () => {
    const one = template('api:v1');
    const other = parsed({ ...one, metadata: { labels: { app: 'api', 'pod-template-hash': 'abc' } } });
    assert.equal(equalTemplates(one, other), true);
    assert.deepEqual(withoutHash(other), one);
  });

  const same: readonly (readonly [string, PodTemplateJson, PodTemplateJson])[] = [
    [
      'limits',
      container({ resources: { limits: { cpu: '1000m' } } }),
      container({ resources: { limits: { cpu: '1' } } }),
    ],
    ['no resources and empty ones', container({ resources: { limits: {} } }), container({})],
    ['an empty list and none', container({ args: [] }), container({})],
    ['null and none', container({ command: null, securityContext: null }), container({})],
    ['an empty map and none', spec({ nodeSelector: {} }), spec({})],
    ['overhead', spec({ overhead: { memory: '1Gi' } }), spec({ overhead: { memory: '1024Mi' } })],
    [
      'pod-level resources',
      spec({ resources: { limits: { cpu: 2 } } }),
      spec({ resources: { limits: { cpu: '2' } } }),
    ],
    [
      'the size of an emptyDir',
      spec({ volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }] }),
      spec({ volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1024Mi' } }] }),
    ],
    [
      'the storage of an ephemeral volume',
      spec({
        volumes: [
          {
            name: 'v',
            ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '1k' } } } } },
          },
        ],
      }),
      spec({
        volumes: [
          {
            name: 'v',
            ephemeral: {
              volumeClaimTemplate: { metadata: {}, spec: { resources: { requests: { storage: '1000' } } } },
            },
          },
        ],
      }),
    ],
    [
      'an empty preference of a node and none',
      spec({
        affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] } },
      }),
      spec({
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchFields: [] } }],
          },
        },
      }),
    ],
    [
      'a divisor of 0 and none',
      container({
        env: [{ name: 'M', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '0' } } }],
      }),
      container({ env: [{ name: 'M', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } }] }),
    ],
  ];
  for (const [what, a, b] of same) {
    it(`sees no difference in ${what}`, () => assert.equal(equalTemplates(a, b), true));
  }

  const different: readonly (readonly [string, PodTemplateJson, PodTemplateJson])[] = [
    ['an empty securityContext and none', container({ securityContext: {} }), container({})],
    ['empty pod-level resources and none', spec({ resources: {} }), spec({})],
    [
      'an emptyDir and none',
      spec({ volumes: [{ name: 'v', emptyDir: {} }] }),
      spec({ volumes: [{ name: 'v' }] }),
    ],
    [
      'a limit of 0 and none',
      container({ resources: { limits: { cpu: '0' } } }),
      container({ resources: { requests: { cpu: '0' } } }),
    ],
    ['images', container({ image: 'a:1' }), container({ image: 'a:2' })],
    [
      'the order of containers',
      spec({ containers: [{ name: 'a' }, { name: 'b' }] }),
      spec({ containers: [{ name: 'b' }, { name: 'a' }] }),
    ],
    [
      'a port and its text',
      container({ livenessProbe: { httpGet: { port: 80 } } }),
      container({ livenessProbe: { httpGet: { port: '80' } } }),
    ],
    [
      'fields that nobody knows',
      container({ fromTheFuture: { a: 1 } }),
      container({ fromTheFuture: { a: 2 } }),
    ],
    [
      'a label that looks like a quantity',
      parsed({ metadata: { labels: { divisor: '1000m' } } }),
      parsed({ metadata: { labels: { divisor: '1' } } }),
    ],
    [
      'an empty label and none',
      parsed({ metadata: { labels: { a: '' } } }),
      parsed({ metadata: { labels: { b: '' } } }),
    ],
    [
      'a label called constructor',
      parsed({ metadata: { labels: { constructor: 'x' } } }),
      parsed({ metadata: { labels: { b: 'x' } } }),
    ],
  ];
  for (const [what, a, b] of different) {
    it(`tells apart ${what}`, () => assert.equal(equalTemplates(a, b), false));
  }

  it('is reflexive, symmetric, and blind to the order of keys', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, item]) => [key, reversed(item)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const [a, b] = [container({ one }), container({ one: other })];
        assert.equal(equalTemplates(a, a), true);
        assert.equal(equalTemplates(a, parsed(reversed(a))), true);
        assert.equal(equalTemplates(a, b), equalTemplates(b, a));
      }),
    );
  });

  it('is blind to how a quantity is spelled', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        (cpu, other) => {
          const limits = (text: string) => container({ resources: { limits: { cpu: text } } });
          assert.equal(equalTemplates(limits(`${cpu}`), limits(`${cpu}000m`)), true);
          assert.equal(equalTemplates(limits(`${cpu}`), limits(`${other}000m`)), cpu === other);
        },
      ),
    );
  });
});
