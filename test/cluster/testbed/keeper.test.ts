import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isAlive } from '../../testbed/cache.ts';
import { askKeeper } from '../../testbed/cluster/keeper/state.ts';

const SCRIPT = join(import.meta.dirname, '../../../scripts/cluster.ts');

describe('npm run cluster', () => {
  const name = `test-${randomBytes(3).toString('hex')}`;

  after(async function () {
    this.timeout(20_000);
    await askKeeper(name, 'down');
  });

  it('says that nothing runs, and how to start it', async () => {
    const { code, output } = await cluster(['status']);
    assert.equal(code, 1);
    assert.match(output, /npm run cluster -- up/);
  });

  it('starts a cluster that outlives the command, and says where it is', async function () {
    this.timeout(60_000);
    const { code, output } = await cluster(['up']);
    assert.equal(code, 0, output);
    const kept = await askKeeper(name, 'state');
    assert.ok(kept !== undefined && isAlive(kept.pid));
    assert.ok(output.includes(kept.kubeconfig));
    assert.match((await cluster(['up'])).output, /runs already/);
  });

  it('hands arguments, input and exit code through to kubectl', async function () {
    this.timeout(20_000);
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'handed-in' } };
    const applied = await cluster(['kubectl', 'apply', '-f', '-'], JSON.stringify(object));
    assert.equal(applied.output, 'configmap/handed-in created\n');
    const missing = await cluster(['kubectl', 'get', 'configmap', 'missing']);
    assert.equal(missing.code, 1);
    assert.match(missing.output, /not found/);
  });

  it('ends it surely', async function () {
    this.timeout(20_000);
    const kept = await askKeeper(name, 'state');
    assert.match((await cluster(['down'])).output, /has ended/);
    assert.ok(kept !== undefined && !existsSync(kept.folder));
    assert.equal(await askKeeper(name, 'state'), undefined);
    assert.match((await cluster(['down'])).output, /No cluster was running/);
  });

  it('shows how to use it when it does not understand', async () => {
    const { code, output } = await cluster(['sideways']);
    assert.equal(code, 2);
    assert.match(output, /npm run cluster -- up \[--demo\]/);
  });

  async function cluster(
    args: readonly string[],
    input = '',
  ): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, [SCRIPT, '--name', name, ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end(input);
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [code, output, problem] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    return { code, output: output + problem };
  }
});
