import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { repository } from './bundle-extension.ts';

/**
 * Bundles test/integration for the extension host, whose Node may be too old to run TypeScript. Gives the file of the
 * module with `run()`. Libraries stay where they are, in node_modules.
 */
export async function bundleHostTests(): Promise<string> {
  const outdir = join(repository, 'out', 'integration');
  await rm(outdir, { recursive: true, force: true });
  const tests = globSync('test/integration/**/*.test.ts', { cwd: repository });
  await build({
    absWorkingDir: repository,
    entryPoints: ['test/integration/index.ts', ...tests],
    entryNames: '[name]',
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    external: ['vscode'],
    platform: 'node',
    format: 'esm',
    target: 'node22',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.mjs');
}
