import assert from 'node:assert/strict';
import type { FigureSample } from '../../../../src/domain/figures/sample.ts';
import type { DeploymentRecords } from '../../../../src/domain/rollout/records.ts';
import { FigureRecorder, type FigureSources } from '../../../../src/runs/figures/figure-recorder.ts';
import { crashingPod, deployment, pod, replicaSet } from '../../domain/rollout/objects.ts';
import { VirtualClock } from '../../virtual-clock.ts';

const current = replicaSet('current');
const pods = ['1', '2', '3'].map((name) => pod(name, current.uid));
const complete: DeploymentRecords = { deployment: deployment(), replicaSets: [current], pods };
const crashing = { ...complete, pods: ['1', '2', '3'].map((name) => crashingPod(name, current.uid)) };

describe('recording figures', () => {
  let clock: VirtualClock;
  let records: DeploymentRecords | undefined;
  let sources: FigureSources;
  let told: [FigureSample, string | undefined][];
  let faults: unknown[];
  let recorder: FigureRecorder;

  beforeEach(() => {
    clock = new VirtualClock();
    records = complete;
    told = [];
    faults = [];
    sources = {
      records: () => records,
      usage: async () => ({ cpuMilli: 200, memoryBytes: 400 }),
      errorLines: async () => 0,
      health: async () => ({ answered: true, latencyMs: 12 }),
    };
    recorder = new FigureRecorder(
      clock,
      sources,
      (sample, healthy) => void told.push([sample, healthy?.name]),
      (error) => void faults.push(error),
    );
  });

  it('takes a sample at once and every 12 s while somebody looks, every minute while nobody does', async () => {
    recorder.record('watched');
    await clock.advance(36_000);
    assert.equal(recorder.samples.length, 4);
    recorder.record('background');
    await clock.settle();
    const begun = recorder.samples.length;
    await clock.advance(180_000);
    assert.equal(recorder.samples.length - begun, 3);
    recorder.record('off');
    await clock.advance(600_000);
    assert.equal(recorder.samples.length - begun, 3);
    assert.equal(clock.waiting, 0);
  });

  it('tells the revision of a healthy deployment, and none of a failing one', async () => {
    recorder.record('watched');
    await clock.settle();
    records = crashing;
    await clock.advance(12_000);
    assert.deepEqual(
      told.map(([{ ready, failing }, healthy]) => [ready, failing, healthy]),
      [
        [3, false, current.name],
        [0, true, undefined],
      ],
    );
  });

  it('leaves out what it cannot see, and takes no sample while nothing can be seen', async () => {
    sources.usage = async () => undefined;
    sources.errorLines = async () => undefined;
    sources.health = async () => ({ answered: false, latencyMs: 3 });
    records = { ...complete, pods: [], podsUnseen: 'not permitted' };
    recorder.record('watched');
    await clock.settle();
    const { at: _at, ...seen } = recorder.samples[0] ?? { at: 0 };
    assert.deepEqual(seen, {
      ready: 3,
      desired: 3,
      restarts: undefined,
      cpuMilli: undefined,
      memoryBytes: undefined,
      errorLines: undefined,
      latencyMs: undefined,
      answered: false,
      failing: false,
    });
    records = undefined;
    await clock.advance(60_000);
    assert.equal(recorder.samples.length, 1);
  });

  it('goes on after a source failed in a way that nobody foresaw, and says so', async () => {
    sources.usage = () => Promise.reject(new Error('no such thing'));
    recorder.record('watched');
    await clock.advance(12_000);
    assert.equal(faults.length, 2);
    sources.usage = async () => undefined;
    await clock.advance(12_000);
    assert.equal(recorder.samples.length, 1);
  });

  it('keeps seven hours, and lets the oldest go', async () => {
    recorder.record('watched');
    await clock.advance(8 * 3_600_000);
    assert.equal(recorder.samples.length, 2_100);
  }).timeout(20_000);
});
