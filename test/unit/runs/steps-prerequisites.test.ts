import assert from 'node:assert/strict';
import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { RevisionVerdict } from '../../../src/domain/rollout/known-good.ts';
import { stepHandlers } from '../../../src/runs/steps/table.ts';
import { access } from '../../../src/runs/steps/access.ts';
import { returnable } from '../../../src/runs/steps/returnable.ts';
import { stepsOf } from '../../../src/domain/runbook/steps.ts';
import { replicaSetJson, revision, template } from '../domain/rollout/objects.ts';
import { bad, good, namespace, RunBed, wordsOf } from './run-bed.ts';

const forbidden = new ApiError('forbidden', 'may not', { status: 403 });
const replicaSets = '/apis/apps/v1/namespaces/shop/replicasets';

let bed: RunBed;

beforeEach(async () => {
  bed = await RunBed.make();
});

afterEach(() => bed.close());

describe('the steps before the decision', () => {
  it('all have a handler', () => {
    for (const step of stepsOf('prerequisites', 'issue')) assert.ok(stepHandlers[step], step);
  });
});

describe('the permissions of a run', () => {
  it('are asked for all at once and stand in a table, each with what it is for', async () => {
    const { state, table, summary } = await bed.result(access);
    assert.deepEqual([state, summary], ['ok', '21 of 21 permissions']);
    assert.deepEqual(table?.columns, ['Permission', 'For', 'Allowed']);
    assert.ok(table.rows.every(({ cells, tone }) => cells[2] === 'yes' && tone === 'ok'));
    assert.ok(table.rows.some(({ cells }) => cells.join(' | ') === 'list events | Recent events | yes'));
  });

  it('fail it where nothing could be rolled back without one', async () => {
    bed.api.denied.add('patch deployments.apps');
    const { state, detail } = await bed.result(access);
    assert.equal(state, 'failed');
    assert.match(detail ?? '', /^Without patch deployments\.apps the rollback cannot be carried out/);
  });

  it('warn where a step cannot be told, and name it', async () => {
    bed.api.denied.add('list events');
    const { state, detail } = await bed.result(access);
    assert.equal(state, 'warning');
    assert.match(detail ?? '', /Without list events these steps cannot be told: Recent events\.$/);
  });

  it('say what stays unknown, and do not warn of what is not granted on purpose', async () => {
    bed.api.denied.add('get secrets');
    const { state, detail, table } = await bed.result(access);
    assert.equal(state, 'ok');
    assert.match(detail ?? '', /What needs get secrets is said to be unknown/);
    assert.equal(table?.rows.find(({ cells }) => cells[0] === 'get secrets')?.tone, 'plain');
  });
});

describe('the revision to return to', () => {
  const ran = (): RevisionVerdict => ({ kind: 'unknown', ranAt: 1 });
  const needing = replicaSetJson(
    'needing',
    template('api:v0.9', {
      volumes: [
        { name: 'a', configMap: { name: 'flags' } },
        { name: 'b', secret: { secretName: 'password' } },
      ],
    }),
    revision(6),
  );

  it('is recommended with its reason and its needs', async () => {
    const { state, summary, recommended, evidence } = await bed.result(returnable, {
      verdict: () => ({ kind: 'good', lastSeen: Date.parse('2026-01-01T00:00:00Z') }),
    });
    assert.deepEqual([state, summary], ['ok', '7 · v1']);
    assert.deepEqual(recommended?.revision, {
      revision: 7,
      replicaSetUid: 'good-uid',
      replicaSetName: 'api-good',
      version: 'v1',
    });
    const when = evidence.find(({ text }) => text === 'Revision 7 was seen complete and ready')?.at;
    assert.equal(when, '2026-01-01T00:00:00.000Z');
    assert.match(recommended?.why ?? '', /last known good/);
    assert.ok(evidence.some(({ text }) => text === 'The namespace’s quotas admit its pods.'));
  });

  it('is in doubt where its image was never seen running', async () => {
    const { state, advice } = await bed.result(returnable);
    assert.equal(state, 'warning');
    assert.match(
      advice?.[0]?.words ?? '',
      /where it is gone, rebuild it, or choose a revision whose image is there/,
    );
  });

  it('is not one whose needs are gone, as long as there is another', async () => {
    bed.api.objects[replicaSets] = { items: [good, bad, needing] };
    const verdict = ({ uid }: { uid: string }): RevisionVerdict =>
      uid === 'needing-uid' ? { kind: 'good', lastSeen: 1 } : ran();
    const found = await bed.result(returnable, { verdict });
    assert.equal(found.recommended?.revision.revision, 7);
    assert.match(wordsOf(found), /Revision 6 is passed over: ConfigMap flags, Secret password is gone/);
    assert.deepEqual(
      found.table?.rows.map(({ cells, tone }) => [cells[0], tone]),
      [
        ['6', 'failed'],
        ['7', 'plain'],
      ],
    );
  });

  it('fails where the only one lacks what it needs, and says what to make again', async () => {
    bed.api.objects[replicaSets] = { items: [bad, needing] };
    bed.api.objects[`${namespace}/secrets/password`] = {};
    const found = await bed.result(returnable, { verdict: ran });
    assert.equal(found.state, 'failed');
    assert.match(wordsOf(found), /Gone, and its pods do not start without: ConfigMap flags\.\n/);
    assert.match(wordsOf(found), /There: Secret password\./);
    assert.match(found.advice?.[0]?.words ?? '', /^Make ConfigMap flags again/);
  });

  it('never tries what the user may not read, and says that it is not known', async () => {
    bed.api.objects[replicaSets] = { items: [bad, needing] };
    bed.api.objects[`${namespace}/configmaps/flags`] = {};
    bed.api.denied.add('get secrets').add('list resourcequotas');
    const found = await bed.result(returnable, { verdict: ran });
    assert.equal(found.state, 'ok');
    assert.match(wordsOf(found), /Not known, since it may not be read: Secret password\./);
    assert.match(wordsOf(found), /Quota not known: ResourceQuotas cannot be listed\./);
    assert.ok(!bed.api.asked.some((path) => /secrets|resourcequotas/.test(path)));
  });

  it('fails where every older revision has the same template', async () => {
    bed.api.objects[replicaSets] = { items: [bad, replicaSetJson('same', template('api:v2'), revision(7))] };
    const { state, detail } = await bed.result(returnable);
    assert.equal(state, 'failed');
    assert.match(detail ?? '', /Every older revision has the same template/);
  });

  it('cannot be told where the ReplicaSets may not be listed', async () => {
    bed.api.objects[replicaSets] = forbidden;
    await assert.rejects(bed.result(returnable), { reason: 'forbidden' });
  });
});
