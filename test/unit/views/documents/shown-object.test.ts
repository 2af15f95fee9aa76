import assert from 'node:assert/strict';
import fc from 'fast-check';
import { essential, withMarks } from '../../../../src/views/documents/shown-object.ts';
import { shownTemplate, withoutSharedDefaults } from '../../../../src/views/documents/shown-template.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const mark = (secret: string): string => `<${secret.length}>`;

const container = {
  name: 'api',
  image: 'api:v2',
  env: [
    { name: 'PORT', value: '8080' },
    { name: 'DB_PASSWORD', value: 'hunter2' },
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'api', key: 'token' } } },
    { name: 'DATABASE_URL', value: 'postgres://api:hunter2@db/api' },
  ],
  args: ['--api-key=hunter2', '--port=1', '--password=hunter2 hunter2', 'x --token="a hunter2" y'],
  livenessProbe: { httpGet: { httpHeaders: [{ name: 'Authorization', value: 'hunter2' }] } },
};

describe('an object as YAML', () => {
  it('is without what servers write for themselves, and keeps everything else', () => {
    const object = {
      kind: 'Deployment',
      metadata: {
        name: 'web',
        resourceVersion: '7',
        managedFields: [{}],
        annotations: { [lastApplied]: '{}', note: 'kept' },
        labels: { app: 'web' },
      },
      spec: { template: { metadata: { creationTimestamp: null }, spec: { resources: {} } } },
      status: {
        replicas: 3,
        conditions: [{ type: 'Available', lastUpdateTime: 'x', lastProbeTime: null, message: 'm' }],
      },
    };
    assert.deepEqual(essential(object), {
      kind: 'Deployment',
      metadata: { name: 'web', annotations: { note: 'kept' }, labels: { app: 'web' } },
      spec: { template: { metadata: { creationTimestamp: null }, spec: { resources: {} } } },
      status: { replicas: 3, conditions: [{ type: 'Available', message: 'm' }] },
    });
  });

  it('has no annotations left where only the last applied configuration was there', () => {
    assert.deepEqual(essential({ metadata: { name: 'a', annotations: { [lastApplied]: '{}' } } }), {
      metadata: { name: 'a' },
    });
  });

  it('gives away no secret, wherever it stands, also in the last applied configuration', () => {
    const object = {
      metadata: { annotations: { [lastApplied]: JSON.stringify({ spec: container }) } },
      spec: container,
    };
    const text = JSON.stringify(withMarks(object, mark));
    assert.doesNotMatch(text, /hunter2/);
    for (const kept of ['8080', 'secretKeyRef', 'postgres://api:<7>@db/api', '--api-key=<7>', '--port=1'])
      assert.ok(text.includes(kept), kept);
  });

  it('keeps what a broken last applied configuration holds to itself', () => {
    const object = { annotations: { [lastApplied]: '{"password": "hunter2' } };
    assert.doesNotMatch(JSON.stringify(withMarks(object, mark)), /hunter2/);
  });

  it('is otherwise what it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json: unknown = JSON.parse(JSON.stringify(value));
        const never = (): string => 'changed';
        const text = JSON.stringify(json);
        fc.pre(!/name|-|:\/\//.test(text));
        assert.deepEqual(withMarks(json, never), json);
      }),
    );
  });
});

describe('a pod template as YAML', () => {
  const noise = { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', securityContext: {} };

  it('is without the hash and the empty time that its ReplicaSet adds', () => {
    const template = JSON.parse(
      '{"metadata":{"creationTimestamp":null,"labels":{"app":"web","pod-template-hash":"x"}},"spec":{"containers":[]}}',
    );
    assert.deepEqual(shownTemplate(template, mark), {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [] },
    });
  });

  it('is compared without the defaults that both sides have, and with those that one has changed', () => {
    const [a, b] = withoutSharedDefaults(
      { spec: { ...noise, terminationGracePeriodSeconds: 30, containers: [{ name: 'a', resources: {} }] } },
      { spec: { ...noise, terminationGracePeriodSeconds: 10, containers: [{ name: 'a', resources: {} }] } },
    );
    assert.deepEqual(a, { spec: { terminationGracePeriodSeconds: 30, containers: [{ name: 'a' }] } });
    assert.deepEqual(b, { spec: { terminationGracePeriodSeconds: 10, containers: [{ name: 'a' }] } });
  });

  it('keeps a default that the other side lacks', () => {
    assert.deepEqual(withoutSharedDefaults({ spec: noise }, { spec: {} }), [{ spec: noise }, { spec: {} }]);
  });

  it('matches containers by name when their order has changed', () => {
    const policy = { terminationMessagePolicy: 'File' };
    const [a, b] = withoutSharedDefaults(
      { containers: [{ name: 'a', ...policy }, { name: 'b' }] },
      { containers: [{ name: 'b' }, { name: 'a', ...policy }] },
    );
    assert.deepEqual(a, { containers: [{ name: 'a' }, { name: 'b' }] });
    assert.deepEqual(b, { containers: [{ name: 'b' }, { name: 'a' }] });
  });

  it('shows that secrets differ without showing them', () => {
    const sides = ['one', 'three'].map((value) =>
      shownTemplate({ spec: { containers: [{ name: 'a', env: [{ name: 'API_TOKEN', value }] }] } }, mark),
    );
    assert.notDeepEqual(sides[0], sides[1]);
    assert.doesNotMatch(JSON.stringify(sides), /one|three/);
  });
});
