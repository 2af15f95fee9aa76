import assert from 'node:assert/strict';
import { deployment, replicaSet } from '../../domain/rollout/objects.ts';
import fc from 'fast-check';

import { checkIds } from '../../../../src/domain/runbook/checks.ts';
import type { RunEvent } from '../../../../src/domain/runbook/events.ts';
import type { PanelModel } from '../../../../src/shared/panel-model.ts';
import {
  applied,
  complete,
  confirmed,
  ended,
  intended,
  progressed,
  rolloutEnded,
  runEvent,
  stepDone,
  stepEnded,
  target,
} from '../../domain/runbook/run-events.ts';
import { crashing, degraded, panel, recordsOf, returned, step } from './panel-input.ts';

const at = '2026-01-01T00:05:00.000Z';
const written = [confirmed, intended, applied] as const;
const good = { state: 'ok', summary: 'good', evidence: [] } as const;
const allowed = stepDone('access', good);
const unknown = ended({ kind: 'unknown', message: 'No answer came.' });

function header({ header: model }: PanelModel) {
  const { tone, doing, primary, secondary, from, to } = model;
  return {
    tone,
    doing,
    primary: primary?.action,
    secondary: secondary.map(({ action }) => action),
    chips: `${from?.number ?? ''} → ${to?.number ?? ''}`,
  };
}

describe('the panel', () => {
  it('says that it connects, and offers nothing that needs the cluster', () => {
    const model = panel([], { records: undefined, store: { kind: 'connecting' } });
    assert.equal(model.header.words, 'Connecting to the cluster');
    assert.deepEqual(header(model), {
      tone: 'unknown',
      doing: 'Running',
      primary: 'verify',
      secondary: [],
      chips: ' → ',
    });
    assert.deepEqual(
      model.figures.map(({ value }) => value),
      ['–', '–', '–', '–', '–', '–'],
    );
  });

  it('offers to roll a failing deployment back', () => {
    const model = panel([]);
    assert.deepEqual(header(model), {
      tone: 'failed',
      doing: 'Failing',
      primary: 'rollBackToPrevious',
      secondary: ['rollBackToRevision', 'showDiff'],
      chips: '8 → 7',
    });
    assert.match(model.header.words, /^Degraded: 3 pods/);
    assert.equal(step(model, 'rollback').title, 'Roll back to revision 7');
    assert.deepEqual(step(model, 'rollback').commands, [
      'kubectl rollout undo deployment/api --to-revision=7 -n shop --context demo',
    ]);
  });

  it("gives no command to copy that kubectl would carry out in whichever context is current, or a shell's sign with it", () => {
    const endpoints = { health: 'https://api/health?a=1&b=2', critical: ['https://api/x;y'] };
    const opened = {
      at,
      kind: 'opened',
      target: { ...target, context: "o'neil; reboot" },
      id: 'run-1',
      by: 'jane',
    } as const;
    for (const events of [[opened], [opened, ...written]]) {
      const commands = panel(events, { endpoints }).steps.flatMap((each) => each.commands);
      const [kubectl, curl] = ['kubectl', 'curl'].map((it) => commands.filter((one) => one.startsWith(it)));
      for (const each of kubectl?.filter((one) => one !== 'kubectl rollout undo') ?? [])
        assert.match(each, / -n shop .*--context 'o'\\''neil; reboot'/);
      assert.deepEqual(
        new Set(curl),
        new Set([`curl '${endpoints.health}'`, `curl '${endpoints.critical[0]}'`]),
      );
      assert.ok((kubectl?.length ?? 0) > 6);
    }
  });

  it('offers no other action than to stop watching while it rolls back', () => {
    for (const events of [[confirmed], [confirmed, intended], written, [...written, progressed]]) {
      const { doing, tone, primary, secondary } = header(panel(events));
      assert.deepEqual(
        { doing, tone, primary, secondary },
        { doing: 'Rolling back', tone: 'running', primary: undefined, secondary: ['stopWatching'] },
      );
      assert.equal(step(panel([...allowed, ...events]), 'rollback').open, true);
    }
  });

  it('tells where the rollback is: being written, written, on its way', () => {
    const detail = (...events: readonly RunEvent[]) => step(panel(events), 'rollback').detail;
    assert.equal(detail(confirmed), 'Writing to the cluster');
    assert.equal(detail(...written), 'Written. Waiting for the controller to take it up');
    assert.equal(detail(...written, progressed), '1 of 3 updated');
  });

  it('says that it is done, by the number that the revision carries now', () => {
    const model = panel([...written, progressed, complete], { records: returned });
    assert.deepEqual(header(model), {
      tone: 'ok',
      doing: 'Rolled back',
      primary: 'verify',
      secondary: ['signOff', 'rollBackToRevision', 'showDiff'],
      chips: '8 → 7 (now 9)',
    });
    const { state, summary, actions } = step(model, 'rollback');
    assert.deepEqual({ state, summary, actions }, { state: 'ok', summary: 'complete', actions: [] });
    assert.notEqual(model.header.elapsed?.until, undefined);
  });

  it('says that the revision does not become ready either, and what to do', () => {
    const failed = rolloutEnded('failed', 'deployment "api" exceeded its progress deadline');
    const model = panel([...written, failed], { records: recordsOf(9, {}, crashing('good-uid')) });
    assert.equal(model.header.doing, 'Rolled back, but not ready');
    assert.equal(step(model, 'rollback').state, 'failed');
    assert.match(step(model, 'rollback').detail ?? '', /choose an older revision/);
  });

  it('goes further back, not to the revision that was just left, where the restored one fails too', () => {
    const model = panel([...written, progressed, complete], {
      records: recordsOf(9, { available: 0, ready: 0 }, crashing('good-uid')),
    });
    assert.equal(model.header.primary?.action, 'rollBackToRevision');
    assert.equal(model.header.primary?.label, 'Choose an older revision…');
  });

  it('says that another revision was deployed since, shows that one, and offers a new run', () => {
    const now = { revision: 10, generation: 99, observedGeneration: 99, available: 0, ready: 0 };
    const { replicaSets } = returned;
    const newest = replicaSet('newest', { revision: 10, images: [{ name: 'api', image: 'api:v4' }] });
    const records = {
      deployment: deployment(now),
      replicaSets: [...replicaSets, newest],
      pods: crashing('newest-uid'),
    };
    const model = panel([...written, progressed, complete], { records });
    assert.deepEqual(header(model), {
      tone: 'failed',
      doing: 'Deployed anew since the rollback',
      primary: 'rollBackToPrevious',
      secondary: ['beginAnew', 'rollBackToRevision', 'showDiff'],
      chips: '10 → 9',
    });
  });

  it('says that the end was not seen, and offers to watch again', () => {
    for (const kind of ['stopped', 'lost'] as const) {
      const model = panel([...written, rolloutEnded(kind, 'why')], { records: returned });
      assert.equal(model.header.doing, 'Rolled back, end not seen');
      const { state, actions } = step(model, 'rollback');
      assert.deepEqual([state, actions.map(({ label }) => label)], ['warning', ['Watch again']]);
    }
  });

  it('does not claim to know what it does not, until the rollout was seen complete', () => {
    const model = panel([confirmed, intended, unknown]);
    assert.equal(model.header.doing, 'Rollback, outcome unknown');
    assert.equal(step(model, 'rollback').state, 'warning');
    assert.equal(step(model, 'rollback').detail, 'No answer came.');
    const lost = panel([confirmed, intended, unknown, rolloutEnded('lost', 'another template')]);
    assert.equal(lost.header.doing, 'Rollback, outcome unknown');
    assert.equal(step(lost, 'rollback').summary, 'not known');
    const seen = panel([confirmed, intended, unknown, complete], { records: returned });
    assert.equal(seen.header.doing, 'Rolled back');
    assert.equal(step(seen, 'rollback').detail, 'successfully rolled out');
  });

  it('says why nothing was written, and offers the rollback again', () => {
    const model = panel([confirmed, intended, ended({ kind: 'notApplied', message: 'denied by quota' })]);
    assert.deepEqual(header(model), {
      tone: 'failed',
      doing: 'Not rolled back',
      primary: 'rollBackToPrevious',
      secondary: ['rollBackToRevision', 'showDiff'],
      chips: '8 → 7',
    });
    const { state, summary, detail } = step(model, 'rollback');
    assert.deepEqual([state, summary, detail], ['failed', 'nothing written', 'denied by quota']);
  });

  it('shows each check of a verification, what failed with advice, what is not set as skipped', () => {
    const events: RunEvent[] = [
      ...allowed,
      ...checkIds.map((id): RunEvent => ({ at, kind: 'stepStarted', step: id })),
      stepEnded('podsReady', { ...good, summary: '3 of 3' }),
      stepEnded('logs', { state: 'failed', summary: '2 of 9', evidence: [] }),
      stepEnded('health', { state: 'notConfigured', summary: '', evidence: [] }),
    ];
    const running = panel([...written, complete, ...events], { records: returned, verifying: true });
    assert.deepEqual(
      checkIds.map((id) => step(running, id).state),
      ['ok', 'running', 'skipped', 'running', 'failed'],
    );
    assert.deepEqual(header(running).secondary, ['stopWatching']);
    assert.equal(step(running, 'complete').open, true);
    const over = panel(
      [...written, complete, ...events, ...stepDone('complete', good), ...stepDone('critical', good)],
      {
        records: returned,
      },
    );
    assert.match(step(over, 'logs').advice[0]?.words ?? '', /error lines/);
    assert.equal(step(over, 'logs').advice[0]?.action?.action, 'showLogs');
    assert.deepEqual(step(over, 'logs').actions[0]?.action, 'retryStep');
    assert.equal(over.phases.find(({ id }) => id === 'verify')?.state, 'failed');
  });

  it('says since when it cannot see the cluster, and why', () => {
    const store = { kind: 'stale', since: at, reason: 'connection refused' } as const;
    assert.deepEqual(panel([], { store }).header.stale, { since: at, reason: 'connection refused' });
    const never = panel([], { store: { ...store, since: undefined }, records: undefined });
    assert.equal(never.header.stale?.since, '2026-01-01T00:00:00.000Z');
  });

  it('offers to try what failed again or to leave it out, and tells who left it out and why', () => {
    const failed = step(panel([...stepDone('access', { ...good, state: 'failed' })]), 'access');
    assert.deepEqual(
      failed.actions.map(({ action, target: of }) => `${action} ${of}`),
      ['retryStep access', 'skipStep access'],
    );
    const skipped: RunEvent = {
      at,
      kind: 'stepSkipped',
      step: 'smoke',
      by: 'jane',
      reason: 'none written yet',
    };
    const { state, summary, detail } = step(panel([skipped]), 'smoke');
    assert.deepEqual([state, summary, detail], ['skipped', 'skipped by jane', 'none written yet']);
  });

  it('says where there is nothing to return to, and offers no rollback', () => {
    const records = { ...degraded, replicaSets: degraded.replicaSets.filter(({ uid }) => uid === 'bad-uid') };
    const model = panel([], { records });
    assert.equal(step(model, 'revision').state, 'failed');
    assert.equal(model.header.primary?.action, 'verify');
    assert.deepEqual(step(model, 'rollback').actions, []);
  });

  it('offers no rollback in a read-only context, says so, and says how to change it', () => {
    const model = panel([...allowed], { readOnly: true, protected: true });
    assert.deepEqual([model.header.readOnly, model.header.protected], [true, true]);
    assert.deepEqual(header(model).primary, 'verify');
    assert.ok(!JSON.stringify(model).includes('rollBackTo'), 'no action leads to a rollback');
    assert.match(step(model, 'rollback').detail ?? '', /read-only.*settings Read Only/);
  });

  it('has one open step at most, and all its phases, whatever happened', () => {
    fc.assert(
      fc.property(fc.array(runEvent), fc.constantFrom(degraded, returned, undefined), (events, records) => {
        const model = panel(events, { records });
        assert.ok(model.steps.filter(({ open }) => open).length <= 1);
        assert.equal(model.phases.length, 8);
        assert.equal(model.checklist.items.length, 9);
        assert.equal(
          model.checklist.ticked,
          model.checklist.items.filter(({ state }) => state === 'ticked').length,
        );
        assert.notEqual(model.announcement, '');
        const busy = model.header.doing === 'Rolling back';
        assert.equal(busy && model.header.primary !== undefined, false);
      }),
    );
  });

  it('tells what may not be seen as such, and not as nothing', () => {
    const words = 'Revisions cannot be seen: list replicasets.apps is forbidden in namespace shop';
    const records = { ...returned, replicaSets: [], pods: [], revisionsUnseen: words, podsUnseen: words };
    const model = panel([], { records });
    const figures = model.figures.map(({ id, value, note }) => `${id} ${value} ${note}`);
    assert.deepEqual(figures.slice(0, 3), [
      'ready 3 of 3',
      'restarts – pods cannot be seen',
      'errorLines – not measured yet',
    ]);
    assert.equal(step(model, 'revision').detail, words);
    assert.ok(model.steps.every(({ pods }) => pods.length === 0));
  });
});
