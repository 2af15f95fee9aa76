import { join } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Takes only the parts of undici that the extension runs. Its index installs a process-wide dispatcher when it is loaded,
 * which can take over the requests of other extensions in the same host; its agents alone do not.
 */
export const narrowLibraries: Plugin = {
  name: 'narrow-libraries',
  setup(build) {
    build.onResolve({ filter: /^undici$/ }, () => ({
      path: join(import.meta.dirname, 'undici-agents.cjs'),
    }));
  },
};
