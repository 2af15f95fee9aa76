import { globSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { narrowLibraries } from './narrow-libraries.ts';

/** The folder that holds package.json. */
export const repository = join(import.meta.dirname, '..', '..');

export interface BundleOptions {
  /** Minified and without source maps, as it is published. */
  readonly production: boolean;
  /** Where the bundle goes, dist/ by default. Everything in it is replaced. */
  readonly outdir?: string;
}

export interface BundledFile {
  /** Relative to the output folder. */
  readonly name: string;
  readonly bytes: number;
}

/**
 * Bundles the extension, the code that runs in the panel, and the panel's style sheet with its icon font. Gives the
 * files that came out, the largest first; rejects with esbuild's errors.
 */
export async function bundleExtension(options: BundleOptions): Promise<readonly BundledFile[]> {
  const outdir = options.outdir ?? join(repository, 'dist');
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const shared = {
    absWorkingDir: repository,
    outdir,
    bundle: true,
    metafile: true,
    minify: options.production,
    sourcemap: options.production ? false : 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  } satisfies BuildOptions;
  const results = await Promise.all([
    build({ ...shared, ...host }),
    build({ ...shared, ...panel }),
    build({ ...shared, ...styleSheet() }),
  ]);
  return results.flatMap(({ metafile }) => outputs(metafile)).sort((a, b) => b.bytes - a.bytes);
}

const host = {
  entryPoints: { extension: 'src/extension.ts' },
  platform: 'node',
  format: 'esm',
  // What is imported lazily becomes a chunk of its own, so that activation loads little.
  splitting: true,
  target: 'node22',
  external: ['vscode'],
  mainFields: ['module', 'main'],
  // CommonJS dependencies inside an ECMAScript module still ask for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  plugins: [narrowLibraries],
} satisfies BuildOptions;

/** The code inside the panel. */
export const panel = {
  entryPoints: { webview: 'src/webview/main.ts' },
  platform: 'browser',
  format: 'esm',
  // The engine for regular expressions is a chunk, loaded when it is first needed.
  splitting: true,
  target: 'chrome140',
} satisfies BuildOptions;

/** One sheet of VS Code's icons and every .css file in src/webview, in the order of their paths. */
export function styleSheet() {
  const own = globSync('src/webview/**/*.css', { cwd: repository });
  const imports = ['@vscode/codicons/dist/codicon.css', ...own.sort().map((file) => `./${file}`)];
  return {
    stdin: {
      contents: imports.map((file) => `@import ${JSON.stringify(file)};`).join('\n'),
      loader: 'css',
      resolveDir: repository,
      sourcefile: 'webview.css',
    },
    entryNames: 'webview',
    assetNames: '[name]',
    loader: { '.ttf': 'file' },
    target: 'chrome140',
    sourcemap: false,
  } satisfies BuildOptions;
}

function outputs(metafile: Metafile): BundledFile[] {
  return Object.entries(metafile.outputs).map(([file, { bytes }]) => ({ name: basename(file), bytes }));
}
