import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { watchFiles } from '../../../src/cluster/kubeconfig/watch-files.ts';
import type { Ending } from '../../../src/ports/clock.ts';
import { realClock } from '../../../src/ports/real-clock.ts';
import { eventually } from '../../testbed/eventually.ts';

describe('watched files', function () {
  // Files are polled: on a busy machine several looks take their time.
  this.timeout(60_000);
  let folder: string;
  let ending: Ending | undefined;
  let times: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watched-'));
    times = 0;
  });

  afterEach(async () => {
    ending?.dispose();
    await rm(folder, { recursive: true });
  });

  /** Does it again until it is told of: the first look at a file may come after the first change. */
  async function seenAfter(change: () => Promise<void>): Promise<void> {
    const before = times;
    for (let tries = 0; times === before && tries < 20; tries += 1) {
      await change();
      await eventually('the change', async () => times > before, { limit: 2_500 }).catch(() => undefined);
    }
    assert.ok(times > before, 'the change was seen');
  }

  it('are seen when they are made in a folder that was not there, replaced, and removed', async () => {
    const file = join(folder, 'later', 'config');
    ending = watchFiles([join(folder, 'other'), file], realClock, () => (times += 1));
    await mkdir(join(folder, 'later'));
    await seenAfter(() => writeFile(file, `one ${Date.now()}`));
    await seenAfter(async () => {
      await writeFile(join(folder, 'new'), `two ${Date.now()}`);
      await rename(join(folder, 'new'), file);
    });
    await seenAfter(() => rm(file, { force: true }));
  });

  it('are seen behind a link', async () => {
    await writeFile(join(folder, 'target'), 'one');
    await symlink(join(folder, 'target'), join(folder, 'link'));
    ending = watchFiles([join(folder, 'link')], realClock, () => (times += 1));
    await seenAfter(() => writeFile(join(folder, 'target'), `two ${Date.now()}`));
  });
});
