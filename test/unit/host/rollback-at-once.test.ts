import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiServer, ApiWriter, WriteRequest } from '../../../src/cluster/api-server.ts';
import { ClusterStore } from '../../../src/cluster/store/store.ts';
import { JournalFile } from '../../../src/runs/journal-file.ts';
import type { RollbackPreview } from '../../../src/runs/prepare-rollback.ts';
import { Run } from '../../../src/runs/run.ts';
import { Runbook } from '../../../src/runs/runbook.ts';
import { deploymentJson, replicaSetJson, revision, template } from '../domain/rollout/objects.ts';
import { identity } from '../runs/run-identity.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { namedOnly } from '../cluster/named-only.ts';
import { plainSettings } from '../runs/plain-settings.ts';

const old = replicaSetJson('old', template('api:v1'), revision(1));
const current = replicaSetJson('new', template('api:v2'), revision(2));
const live = deploymentJson(template('api:v2'), revision(2));

/** An API server that answers every write only when the test says so. */
class SlowApi implements ApiServer, ApiWriter {
  readonly server = 'https://slow.test';
  readonly written: WriteRequest[] = [];
  readonly #answer = Promise.withResolvers<void>();

  get(path: string): Promise<string> {
    return Promise.resolve(JSON.stringify(path.includes('replicasets') ? { items: [old, current] } : live));
  }

  stream(): Promise<AsyncIterable<Uint8Array>> {
    return new Promise(() => {}); // The store stays empty: no rule here reads it.
  }

  async send(request: WriteRequest): Promise<string> {
    if (request.method === 'PATCH' && request.query?.['dryRun'] === undefined) {
      this.written.push(request);
      await this.#answer.promise;
    }
    return JSON.stringify(live);
  }

  answer(): void {
    this.#answer.resolve();
  }

  dispose(): void {}
}

describe('a second rollback of the same deployment', () => {
  let folder: string;
  let api: SlowApi;
  let runbook: Runbook;
  let guards: { readOnly: boolean; protected: boolean };
  const target = { context: 'prod', namespace: 'shop', name: 'api' };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runs-'));
    api = new SlowApi();
    guards = { readOnly: false, protected: false };
    const clock = new VirtualClock();
    const store = new ClusterStore(api, clock, namedOnly('shop'));
    const context = { name: 'prod', cluster: 'prod', server: api.server, user: 'ada', namespace: 'shop' };
    const run = await Run.open(target, identity, new JournalFile(join(folder, 'run.jsonl')), clock);
    const settings = {
      ...plainSettings,
      isReadOnly: () => guards.readOnly,
      isProtected: () => guards.protected,
    };
    runbook = new Runbook(run, { context, api, writer: api, store }, settings, 'ada', clock);
  });
  afterEach(async () => {
    api.answer();
    runbook.connection.store.dispose();
    runbook.dispose();
    await rm(folder, { recursive: true });
  });

  async function preview(): Promise<RollbackPreview> {
    const preparation = await runbook.prepare(0);
    assert.equal(preparation.kind, 'ready');
    return preparation.preview;
  }

  it('is refused in words while one is being written, and so is preparing one', async () => {
    const prepared = await preview();
    const first = runbook.rollBack(prepared);
    const second = await runbook.rollBack(prepared);
    assert.equal(second.kind, 'notApplied');
    assert.match(second.message, /is being written just now/);
    const third = await runbook.prepare(0);
    assert.equal(third.kind, 'refused');
    assert.match(third.message, /is being written just now/);
    api.answer();
    assert.equal((await first).kind, 'applied');
    assert.equal(api.written.length, 1);
  });

  it('leaves in the run what it changes in the pods, so that a report has it later', async () => {
    const prepared = await preview();
    api.answer();
    await runbook.rollBack(prepared);
    assert.deepEqual(runbook.run.state.rollback?.changes, [
      {
        path: 'spec.containers[api].image',
        from: 'api:v2',
        to: 'api:v1',
        words: 'image of api: v2 → v1',
      },
    ]);
    const { events } = await new JournalFile(join(folder, 'run.jsonl')).read();
    const confirmed = events.find(({ kind }) => kind === 'rollbackConfirmed');
    assert.deepEqual(
      confirmed?.kind === 'rollbackConfirmed' && confirmed.changes,
      runbook.run.state.rollback.changes,
    );
  });

  it('is refused where its preview was written before', async () => {
    const prepared = await preview();
    api.answer();
    await runbook.rollBack(prepared);
    const again = await runbook.rollBack(prepared);
    assert.equal(again.kind, 'notApplied');
    assert.match(again.message, /was prepared or written since/);
    assert.equal(api.written.length, 1);
    assert.equal(
      runbook.run.state.rollback?.outcome?.kind,
      'applied',
      'the first one still stands in the run',
    );
  });

  it('is refused where its preview is not the newest', async () => {
    const forgotten = await preview();
    await preview();
    assert.equal((await runbook.rollBack(forgotten)).kind, 'notApplied');
    assert.equal(api.written.length, 0);
    assert.equal(runbook.run.state.rollback, undefined);
  });

  it('is refused where the connection was renewed while it waited for a person', async () => {
    const prepared = await preview();
    runbook.dispose();
    assert.equal((await runbook.rollBack(prepared)).kind, 'notApplied');
    assert.equal(api.written.length, 0);
  });

  it('is refused in a protected context where the name was not typed, whoever asks', async () => {
    guards.protected = true;
    const prepared = await preview();
    assert.match(messageOf(await runbook.rollBack(prepared)), /must be typed/);
    assert.match(messageOf(await runbook.rollBack(prepared, { typedName: 'web' })), /must be typed/);
    assert.equal(api.written.length, 0);
    assert.equal(runbook.run.state.rollback, undefined, 'nothing was confirmed');
    api.answer();
    assert.equal((await runbook.rollBack(prepared, { typedName: 'api' })).kind, 'applied');
  });

  it('cannot even be prepared while the context is read-only, and neither can another operation', async () => {
    guards.readOnly = true;
    for (const preparation of [await runbook.prepare(0), await runbook.prepareOperation({ kind: 'pause' })]) {
      assert.ok(preparation.kind === 'refused');
      assert.equal(preparation.reason, 'readOnly');
    }
  });

  it('is written down with its intent and its outcome where it is an operation, beside the rollback', async () => {
    api.answer();
    const paused = await runbook.prepareOperation({ kind: 'pause' });
    assert.ok(paused.kind === 'ready');
    assert.equal(paused.preview.command, 'kubectl rollout pause deployment/api -n shop --context prod');
    assert.equal((await runbook.operate(paused.preview)).kind, 'applied');
    const { operation, rollback } = runbook.run.state;
    assert.equal(operation?.intent?.kind, 'pause');
    assert.equal(operation.outcome?.kind, 'applied');
    assert.equal(rollback, undefined);
  });

  it('is told to have changed nothing where it cannot be written down before it is sent', async () => {
    const shown = await preview();
    await rm(folder, { recursive: true });
    await writeFile(folder, 'no folder any more');
    await assert.rejects(runbook.rollBack(shown));
    const paused = await runbook.prepareOperation({ kind: 'pause' });
    if (paused.kind !== 'ready') throw new Error(paused.message);
    await assert.rejects(runbook.operate(paused.preview));
    assert.deepEqual(api.written, []);
    const { rollback, operation } = runbook.run.state;
    for (const outcome of [rollback?.outcome, operation?.outcome]) {
      assert.equal(outcome?.kind, 'notApplied');
      assert.match(outcome.message, /^Nothing was sent/);
    }
  });
});

function messageOf(outcome: Awaited<ReturnType<Runbook['rollBack']>>): string {
  return 'message' in outcome ? outcome.message : '';
}
