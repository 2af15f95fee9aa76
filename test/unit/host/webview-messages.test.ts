import assert from 'node:assert/strict';
import fc from 'fast-check';

import { restoredTarget, webviewMessage } from '../../../src/host/panel/webview-messages.ts';

describe('a message from the webview', () => {
  it('is taken where it is one of those that there are', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'act', action: 'verify' },
      { type: 'act', action: 'sign', target: 'users' },
      { type: 'act', action: 'openLogsAtTime', target: '2026-01-01T00:00:00Z api-x2k9q' },
      { type: 'logs.credit', lines: 5000 },
      { type: 'logs.previous', previous: true },
      { type: 'logs.copy', text: 'line' },
      { type: 'logs.copy', text: 'line', area: 1 },
      { type: 'logs.save', shown: 3, all: 20 },
      { type: 'logs.text', text: 'line', last: false },
      { type: 'logs.split', split: true },
    ])
      assert.deepEqual(webviewMessage(message), message);
  });

  it('is left alone where it is anything else', () => {
    for (const message of [
      { type: 'act', action: 'deleteEverything' },
      { type: 'act', action: 'toString' },
      { type: 'act', action: 'verify', target: 'x'.repeat(1001) },
      { type: 'act', action: 'verify', target: undefined },
      { type: 'logs.credit', lines: -1 },
      { type: 'logs.credit', lines: 0.5 },
      { type: 'logs.credit', lines: Infinity },
      { type: 'logs.copy', text: 5 },
      { type: 'logs.copy', text: 'line', area: 2 },
      { type: 'logs.save', shown: -1, all: 20 },
      { type: '__proto__' },
      null,
      'ready',
    ])
      assert.equal(webviewMessage(message), undefined);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.anything(), (data) => void webviewMessage(data)));
    fc.assert(
      fc.property(fc.record({ type: fc.constant('act'), action: fc.anything() }), (data) => {
        assert.equal(webviewMessage(data), undefined);
      }),
    );
  });
});

describe('the target of a restored panel', () => {
  const target = { context: 'demo', namespace: 'shop', name: 'api' };

  it('is the one that it kept', () => {
    assert.deepEqual(restoredTarget({ panel: JSON.stringify(target) }), target);
  });

  it('is none where the state is not ours', () => {
    fc.assert(fc.property(fc.anything(), (state) => void restoredTarget(state)));
    for (const panel of ['', '{', 'null', '{"context":"demo"}', 5])
      assert.equal(restoredTarget({ panel }), undefined);
  });
});
