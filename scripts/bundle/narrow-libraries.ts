import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { Plugin } from 'esbuild';

const { resolve } = createRequire(import.meta.url);

/**
 * Takes only the parts of two libraries that the extension runs.
 *
 * The index of undici installs a process-wide dispatcher when it is loaded, which can take over the requests of other
 * extensions in the same host; its agents alone do not. The index of @kubernetes/client-node carries a class for every
 * kind of object (1.1 MB); we send raw JSON and need its kubeconfig only, without an HTTP client of its own.
 */
export const narrowLibraries: Plugin = {
  name: 'narrow-libraries',
  setup(build) {
    const client = dirname(resolve('@kubernetes/client-node'));
    const isClient = (importer: string): boolean => importer.startsWith(client + sep);
    const here = (file: string) => ({ path: join(import.meta.dirname, file) });

    build.onResolve({ filter: /^undici$/ }, ({ importer }) =>
      here(isClient(importer) ? 'no-agents.cjs' : 'undici-agents.cjs'),
    );
    // The library declares nothing about side effects; its modules only define classes.
    build.onResolve({ filter: /^@kubernetes\/client-node$/ }, () => ({
      path: join(client, 'config.js'),
      sideEffects: false,
    }));
    build.onResolve({ filter: /^\./ }, ({ importer, resolveDir, path }) =>
      isClient(importer) ? { path: join(resolveDir, path), sideEffects: false } : undefined,
    );
  },
};
