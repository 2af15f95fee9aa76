import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cached, cacheFolder } from '../../testbed/cache.ts';

describe('the cache outside the clone', () => {
  let root: string;
  const before = process.env['XDG_CACHE_HOME'];

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'kubernetes-rollback-cache-'));
    process.env['XDG_CACHE_HOME'] = root;
  });

  afterEach(async () => {
    if (before === undefined) delete process.env['XDG_CACHE_HOME'];
    else process.env['XDG_CACHE_HOME'] = before;
    await rm(root, { recursive: true });
  });

  it('is where the system keeps caches', () => {
    assert.equal(cacheFolder('parts'), join(root, 'kubernetes-rollback', 'parts'));
  });

  it('makes each content once, and gives its folder', async () => {
    let made = 0;
    const make = async (folder: string): Promise<void> => {
      made += 1;
      await writeFile(join(folder, 'part'), `${made}`);
    };
    const folder = await cached('parts', 'abc', make);
    assert.equal(await cached('parts', 'abc', make), folder);
    assert.notEqual(await cached('parts', 'def', make), folder);
    assert.equal(await readFile(join(folder, 'part'), 'utf8'), '1');
    assert.equal(made, 2);
  });

  it('lets several who want the same at once wait for one', async function () {
    this.timeout(10_000);
    let made = 0;
    const make = async (folder: string): Promise<void> => {
      made += 1;
      await writeFile(join(folder, 'part'), 'whole');
    };
    const folders = await Promise.all(Array.from({ length: 5 }, () => cached('parts', 'abc', make)));
    assert.equal(new Set(folders).size, 1);
    assert.equal(made, 1);
  });

  it('leaves nothing behind when making fails, so that the next try begins anew', async () => {
    const failing = cached('parts', 'abc', async (folder) => {
      await writeFile(join(folder, 'part'), 'half');
      throw new Error('no compiler');
    });
    await assert.rejects(failing, /no compiler/);
    assert.deepEqual(await readdir(cacheFolder('parts')), []);
    const folder = await cached('parts', 'abc', () => Promise.resolve());
    assert.ok(existsSync(folder));
  });

  it('takes over from a process that died while making', async function () {
    this.timeout(10_000);
    const folder = await cached('parts', 'old', () => Promise.resolve());
    // No process has this id: Linux allows 2^22 at most, Windows and macOS fewer in practice.
    await writeFile(join(dirname(folder), 'abc.lock'), '99999999');
    assert.ok(existsSync(await cached('parts', 'abc', () => Promise.resolve())));
  });
});
