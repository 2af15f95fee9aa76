import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { JournalFile } from '../../../src/runs/journal-file.ts';
import { Run } from '../../../src/runs/run.ts';
import { target } from '../domain/runbook/run-events.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { identity } from './run-identity.ts';

describe('a run that was given back', () => {
  it('takes nothing in any more: its journal may be another window’s', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'run-'));
    try {
      const file = join(folder, 'run.jsonl');
      const run = await Run.open(target, identity, new JournalFile(file), new VirtualClock());
      const before = await readFile(file, 'utf8');
      run.leave();
      await assert.rejects(
        run.record({ kind: 'itemOverridden', item: 'pods', by: 'jane', note: 'typed late' }),
        /given back meanwhile/,
      );
      assert.deepEqual(run.state.overrides, {});
      assert.equal(await readFile(file, 'utf8'), before);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
