import { basename, join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { panel, repository, styleSheet } from '../../../scripts/bundle/bundle-extension.ts';

/** Bundles the webview, its style sheet with the icon font, and the preview's page script, in memory, by file name. */
export async function bundlePreview(): Promise<ReadonlyMap<string, Uint8Array>> {
  const shared = {
    absWorkingDir: repository,
    outdir: join(repository, 'dist'),
    bundle: true,
    write: false,
  } satisfies BuildOptions;
  const results = await Promise.all([
    build({ ...shared, ...panel }),
    build({ ...shared, ...panel, entryPoints: { page: 'test/e2e/webview-preview/page.ts' } }),
    build({ ...shared, ...styleSheet() }),
  ]);
  const files = results.flatMap((result) => result.outputFiles);
  return new Map(files.map((file) => [basename(file.path), file.contents]));
}
