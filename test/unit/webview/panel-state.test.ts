import assert from 'node:assert/strict';
import { panelKey } from '../../../src/webview/panel-keys.ts';
import { readViewState, ViewMemory } from '../../../src/webview/view-memory.ts';

const press = (key: string, part: object = {}): Parameters<typeof panelKey>[0] => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...part,
});

describe('the keys of the panel', () => {
  it('are Ctrl+Enter or Cmd+Enter for the primary action, once per press', () => {
    assert.equal(panelKey(press('Enter', { ctrlKey: true }), true), 'primary');
    assert.equal(panelKey(press('Enter', { metaKey: true }), false), 'primary');
    assert.equal(panelKey(press('Enter', { ctrlKey: true, repeat: true }), false), undefined);
    assert.equal(panelKey(press('Enter'), false), undefined);
  });
  it('are / for the filter, Ctrl+F for the search, End for the newest line', () => {
    assert.equal(panelKey(press('/'), false), 'filter');
    assert.equal(panelKey(press('f', { ctrlKey: true }), true), 'search');
    assert.equal(panelKey(press('End'), false), 'follow');
  });
  it('leave to a text field what is its own', () => {
    assert.equal(panelKey(press('/'), true), undefined);
    assert.equal(panelKey(press('End'), true), undefined);
  });
});

describe('what a panel remembers', () => {
  const keeper = (stored: unknown): { getState: () => unknown; setState: (state: unknown) => void } => ({
    getState: () => stored,
    setState: (state) => (stored = JSON.parse(JSON.stringify(state))),
  });

  it('is read with care, whatever was stored', () => {
    for (const stored of [undefined, null, 7, 'x', {}, { folds: 3, logs: 'no', tab: 9 }]) {
      assert.deepEqual(readViewState(stored), {
        folds: {},
        logs: [],
        tab: 'steps',
      });
    }
  });
  it('comes back after a reload, with the host’s own words for the panel', () => {
    const kept = keeper(undefined);
    const memory = new ViewMemory(kept, 'veza-backend-api');
    memory.setOpen('step:undo', false, true);
    memory.log(1).change({ following: false });
    const again = new ViewMemory(kept, undefined);
    assert.equal(again.state.panel, 'veza-backend-api');
    assert.equal(again.isOpen('step:undo', true), false);
    assert.equal(again.log(1).state.following, false);
    assert.equal(again.log(0).state.following, true);
  });
  it('does not hold a choice that agrees with the model', () => {
    const memory = new ViewMemory(keeper(undefined), undefined);
    memory.setOpen('step:undo', false, true);
    memory.setOpen('step:undo', true, true);
    assert.deepEqual(memory.state.folds, {});
  });
});
