import assert from 'node:assert/strict';

import type { CheckResult } from '../../../src/domain/runbook/checks.ts';
import { issue } from '../../../src/runs/steps/issue.ts';
import { logs } from '../../../src/runs/steps/logs.ts';
import { podsReady } from '../../../src/runs/steps/pods-ready.ts';
import { RunBed } from './run-bed.ts';

describe('evidence that was seen at a pod', () => {
  let bed: RunBed;

  beforeEach(async () => {
    bed = await RunBed.make();
  });

  afterEach(() => bed.close());

  const moments = ({ evidence }: CheckResult) =>
    evidence.flatMap(({ at, pod }) => (pod === undefined ? [] : [`${at} ${pod}`]));

  it('names it, so that its log can be opened at that time: where it fails, and where it is not ready', async () => {
    assert.deepEqual(moments(await bed.result(issue)), [
      '2026-01-01T00:00:00.100Z api-a',
      '2026-01-01T00:00:00.100Z api-b',
    ]);
    const late = bed.result(podsReady, { readyWithinMs: () => 1000 });
    await bed.clock.advance(2000);
    assert.deepEqual(
      moments(await late).map((moment) => moment.split(' ')[1]),
      ['api-a', 'api-b'],
    );
  });

  it('has the time at which an error line was written, not that at which it was read', async () => {
    bed.api.logs['api-a/api'] = '2026-01-01T00:00:00.020000000Z ERROR no table\n';
    bed.api.logs['api-a/api/previous'] = '2026-01-01T00:00:00.010000000Z FATAL no table\n';
    bed.api.logs['api-b/api'] = bed.api.logs['api-b/api/previous'] = '';
    assert.deepEqual(moments(await bed.result(logs)), [
      '2026-01-01T00:00:00.010000000Z api-a',
      '2026-01-01T00:00:00.020000000Z api-a',
    ]);
  });
});
