import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundleExtension, type BundledFile } from '../../../scripts/bundle/bundle-extension.ts';

const run = promisify(execFile);

describe('the bundle', () => {
  let folder: string;
  let files: readonly BundledFile[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bundle-'));
    files = await bundleExtension({ production: true, outdir: folder });
  });
  after(() => rm(folder, { recursive: true }));

  it('leaves the process-wide dispatcher of requests to others', async () => {
    // Node installs its own one lazily, as soon as something touches `Response`: that one must stay.
    const program = join(folder, 'load.mjs');
    await writeFile(
      program,
      `import { registerHooks } from 'node:module';
      registerHooks({
        resolve: (name, context, next) =>
          name === 'vscode' ? { url: 'data:text/javascript,export {}', shortCircuit: true } : next(name, context),
      });
      const installed = () => [1, 2].map((n) => globalThis[Symbol.for('undici.globalDispatcher.' + n)]);
      void globalThis.Response;
      const before = installed();
      for (const chunk of ${JSON.stringify(hostFiles().filter((name) => name !== 'extension.js'))}) await import('./' + chunk);
      if (installed().some((dispatcher, index) => dispatcher !== before[index])) process.exitCode = 1;
      console.log('loaded');`,
    );
    const { stdout } = await run(process.execPath, [program]);
    assert.equal(stdout.trim(), 'loaded');
  });

  it('does not even hold the code that would install one', async () => {
    for (const name of hostFiles()) {
      assert.doesNotMatch(await readFile(join(folder, name), 'utf8'), /undici\.globalDispatcher/);
    }
  });

  it('keeps the kubeconfig library and the HTTP client out of what activation loads', async () => {
    const text = await readFile(join(folder, 'extension.js'), 'utf8');
    const eager = [...text.matchAll(/(?:^|;)import(?:[^"']*from)?["']\.\/([^"']+)["']/g)].map(
      ([, name]) => name ?? '',
    );
    const sizes = eager.map((name) => files.find((file) => file.name === name)?.bytes ?? 0);
    const bytes = sizes.reduce((sum, size) => sum + size, text.length);
    // Our own code; the YAML library alone, the smaller of the two, would add 115,000.
    assert.ok(bytes < 500_000, `activation loads ${bytes} bytes: extension.js, ${eager.join(', ')}`);
  });

  it('carries one copy of undici', async () => {
    const agents = await Promise.all(
      hostFiles().map(
        async (name) => (await readFile(join(folder, name), 'utf8')).split('maxOrigins').length,
      ),
    );
    assert.equal(agents.filter((parts) => parts > 1).length, 1);
  });

  function hostFiles(): string[] {
    return files.map(({ name }) => name).filter((name) => name.endsWith('.js') && name !== 'webview.js');
  }
});
