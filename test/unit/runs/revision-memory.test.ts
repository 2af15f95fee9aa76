import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ApiError } from '../../../src/cluster/errors/api-error.ts';
import type { StoreChange, StoreState } from '../../../src/cluster/store/store.ts';
import type { DeploymentRecords } from '../../../src/domain/rollout/records.ts';
import { hasRun } from '../../../src/domain/rollout/known-good.ts';
import { memosOf } from '../../../src/runs/learned-memos.ts';
import { RevisionMemory } from '../../../src/runs/revision-memory.ts';
import { RevisionMemoryFile } from '../../../src/runs/revision-memory-file.ts';
import { eventually } from '../../testbed/eventually.ts';
import { crashingPod, deployment, pod, replicaSet } from '../domain/rollout/objects.ts';
import { VirtualClock } from '../virtual-clock.ts';

const current = replicaSet('current');
const older = replicaSet('older', { revision: 1 });
const minute = 60_000;

/** A store that holds one deployment, as the test says. */
class OneDeployment {
  state: StoreState = { kind: 'live' };
  held = complete();
  #listener: (change: Pick<StoreChange, 'deployments' | 'state'>) => void = () => undefined;

  *deployments() {
    yield this.held.deployment;
  }

  records(): DeploymentRecords {
    return this.held;
  }

  onDidChange(listener: (change: Pick<StoreChange, 'deployments' | 'state'>) => void) {
    this.#listener = listener;
    return { dispose: () => (this.#listener = () => undefined) };
  }

  become(held: DeploymentRecords, state: StoreState = { kind: 'live' }): void {
    this.held = held;
    this.state = state;
    this.#listener({ deployments: new Set([held.deployment.uid]), state: true });
  }
}

function complete(): DeploymentRecords {
  const pods = ['1', '2', '3'].map((name) => pod(name, current.uid));
  return { deployment: deployment(), replicaSets: [current, older], pods };
}

function failing(): DeploymentRecords {
  return { ...complete(), pods: ['1', '2', '3'].map((name) => crashingPod(name, current.uid)) };
}

describe('the memory of revisions', () => {
  let folder: string;
  let path: string;
  let clock: VirtualClock;
  let store: OneDeployment;
  let memory: RevisionMemory;
  let files: RevisionMemoryFile[];
  let unstored: unknown[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'memory-'));
    path = join(folder, 'deep', 'memory.json');
    files = [];
    unstored = [];
    clock = new VirtualClock();
    store = new OneDeployment();
    memory = open();
  });

  afterEach(async () => {
    memory.dispose();
    assert.equal(clock.waiting, 0, 'no timer is left behind');
    // Writes are one after the other: this one ends after all that are under way.
    await Promise.all(files.map((file) => file.add(new Map())));
    await rm(folder, { recursive: true });
    assert.deepEqual(unstored, []);
  });

  function open(): RevisionMemory {
    const file = new RevisionMemoryFile(path);
    files.push(file);
    return new RevisionMemory(store, clock, file, (error) => unstored.push(error));
  }

  /** What is in the file, once it has these words. */
  const stored = (words: string) =>
    eventually('the file', async () => {
      const text = await readFile(path, 'utf8').catch(() => '');
      return text.includes(words) ? text : undefined;
    });

  const kind = () => memory.verdict(current).kind;

  it('knows a revision as good after five minutes of watching it complete, and not before', async () => {
    await clock.advance(5 * minute - 1);
    assert.equal(kind(), 'unknown');
    assert.equal(memory.lastKnownGood([current, older]), undefined);
    await clock.advance(minute);
    assert.equal(kind(), 'good');
    assert.equal(memory.lastKnownGood([current, older]), current);
    assert.equal(memory.verdict(older).kind, 'unknown');
  });

  it('begins anew after each moment in which it was not complete', async () => {
    for (let time = 0; time < 4; time++) {
      await clock.advance(4 * minute);
      store.become({ ...complete(), deployment: deployment({ ready: 2, available: 2 }) });
      store.become(complete());
    }
    assert.equal(kind(), 'unknown');
    await clock.advance(6 * minute);
    assert.equal(kind(), 'good');
  });

  it('begins anew after a gap in the connection', async () => {
    await clock.advance(4 * minute);
    const error = new ApiError('unreachable', 'the VPN is down');
    store.become(store.held, { kind: 'stale', since: clock.now(), error });
    await clock.advance(4 * minute);
    store.become(store.held);
    await clock.advance(4 * minute);
    assert.equal(kind(), 'unknown');
    await clock.advance(2 * minute);
    assert.equal(kind(), 'good');
  });

  it('begins anew after the machine slept', async () => {
    await clock.advance(4 * minute);
    clock.sleepMachine(60 * minute);
    await clock.advance(4 * minute);
    assert.equal(kind(), 'unknown');
    await clock.advance(2 * minute);
    assert.equal(kind(), 'good');
  });

  it('knows a revision that was seen failing, with its cause, and when it was good before', async () => {
    await clock.advance(6 * minute);
    store.become(failing());
    const verdict = memory.verdict(current);
    assert.ok(verdict.kind === 'failed');
    assert.equal(verdict.cause, 'crash loop');
    assert.ok(verdict.goodBefore !== undefined);
    assert.equal(memory.lastKnownGood([current, older]), undefined);
  });

  it('tells when a revision is judged otherwise, once', async () => {
    const told: (StoreChange['deployments'] | 'all')[] = [];
    memory.onDidChange(({ deployments }) => told.push(deployments));
    await eventually('the file to be read', async () => told.length === 1);
    await clock.advance(30 * minute);
    store.become(failing());
    assert.deepEqual(told, ['all', new Set(['deployment-uid']), new Set(['deployment-uid'])]);
  });

  it('remembers which revisions had a pod ready, however short, also over a restart', async () => {
    const [first] = complete().pods;
    assert.ok(first);
    store.become({ ...failing(), pods: [...failing().pods, { ...first, ownerUid: older.uid }] });
    assert.equal(hasRun(memory.verdict(older)), true);
    assert.equal(hasRun(memory.verdict(replicaSet('other'))), false);
    await clock.advance(minute);
    memory.dispose();
    await stored(older.uid);
    store.become(failing());
    memory = open();
    await eventually('what it knew', async () => hasRun(memory.verdict(older)));
  });

  it('learns from the record of a run at another machine what is known good, and believes no nonsense', async () => {
    const at = (time: number) => new Date(time).toISOString();
    const { uid: replicaSetUid, templateHash } = older;
    const seen = clock.now();
    await clock.advance(minute);
    memory.learn(memosOf([{ replicaSetUid, templateHash, at: at(seen) }], clock.now()));
    assert.deepEqual(memory.verdict(older), { kind: 'good', lastSeen: seen });
    assert.equal(memory.lastKnownGood([current, older])?.uid, older.uid);
    await stored(older.uid);
    for (const nonsense of [undefined, 'good', [{ replicaSetUid, templateHash, at: 'soon' }], [{}]])
      assert.equal(memosOf(nonsense, clock.now()).size, 0);
    const later = [{ replicaSetUid, templateHash, at: at(clock.now() + minute) }];
    assert.equal(memosOf(later, clock.now()).size, 0, 'seen in the future');
  });

  it('keeps what it knows over a restart, and nothing of the cluster’s contents', async () => {
    await clock.advance(6 * minute);
    memory.dispose();
    store.become({ ...complete(), deployment: deployment({ paused: true }) });
    const text = await stored('goodAt');
    assert.doesNotMatch(text, /shop|api/);
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    memory = open();
    await eventually('what it knew', async () => kind() === 'good');
  });

  it('adds to what another window has stored meanwhile', async () => {
    const other = new RevisionMemoryFile(path);
    await other.add(new Map([['other/hash', { goodAt: 7 }]]));
    await new RevisionMemoryFile(path).add(new Map([['current-uid/current', { goodAt: 9 }]]));
    assert.deepEqual(
      await other.read(),
      new Map([
        ['current-uid/current', { goodAt: 9 }],
        ['other/hash', { goodAt: 7 }],
      ]),
    );
  });

  it('takes a torn file for none', async () => {
    await new RevisionMemoryFile(path).add(new Map([['a/b', { goodAt: 7 }]]));
    await writeFile(path, '{"version":1,"revis');
    assert.equal((await new RevisionMemoryFile(path).read()).size, 0);
  });

  it('keeps the revisions that were seen last where there are too many', async () => {
    const many = Array.from({ length: 10_001 }, (_, at) => [`${at}/h`, { goodAt: at + 1 }] as const);
    const file = new RevisionMemoryFile(path);
    await file.add(new Map(many));
    const kept = await file.read();
    assert.equal(kept.size, 10_000);
    assert.equal(kept.has('0/h'), false);
  });
});
