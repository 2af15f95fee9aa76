import assert from 'node:assert/strict';
import type { ContextFacts } from '../../../../src/views/tree/context-row.ts';
import { failingBadge, type FailingCount } from '../../../../src/views/tree/failing-counts.ts';
import { placeStatus } from '../../../../src/views/tree/place-status.ts';

const prod: FailingCount = { context: 'prod', failing: 2, stale: false };
const staging: FailingCount = { context: 'staging', failing: 1, stale: true };
const quiet: FailingCount = { context: 'test', failing: 0, stale: false };

describe('how many fail', () => {
  it('is counted by the badge over all open contexts, and its hover says where', () => {
    assert.deepEqual(failingBadge([prod, quiet]), { value: 2, tooltip: '2 failing in prod' });
    assert.deepEqual(failingBadge([prod, staging, quiet]), {
      value: 3,
      tooltip: '3 failing: 2 in prod, 1 in staging as last seen',
    });
  });

  it('makes no badge where nothing fails', () => {
    assert.equal(failingBadge([quiet]), undefined);
    assert.equal(failingBadge([]), undefined);
  });

  it('adds up in the status bar to what the badge shows', () => {
    const context: ContextFacts = {
      name: 'prod',
      cluster: '',
      server: '',
      user: '',
      chosen: true,
      current: true,
      open: true,
      namespaces: [],
      marks: [],
    };
    const sight = { now: 0, staleSince: undefined };
    const status = (failing: number, ...elsewhere: readonly FailingCount[]) =>
      placeStatus({ context, sight, failing, elsewhere, problem: undefined });
    assert.match(status(2, staging, quiet).text, /\$\(error\) 2 \+1 elsewhere$/);
    assert.match(status(2, staging).spoken, /2 failing here, elsewhere 1 in staging as last seen/);
    assert.match(status(2, quiet).text, /\$\(error\) 2$/);
    assert.match(status(0, staging).text, /\$\(error\) 0 \+1 elsewhere$/);
    assert.doesNotMatch(status(0, quiet).text, /error/);
    const problem = { words: 'cannot be reached', message: 'Nothing listens there. Check that it runs.' };
    const away = placeStatus({ context, sight, failing: 0, elsewhere: [], problem });
    assert.equal(away.text, '$(debug-disconnect) prod / all namespaces  cannot be reached');
    assert.match(JSON.stringify(away.tooltip), /Nothing listens there\. Check that it runs/);
  });
});
