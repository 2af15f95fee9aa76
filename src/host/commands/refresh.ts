import type { Command } from './command.ts';

/** Reads the kubeconfig and every open cluster again. */
export const refresh: Command = {
  id: 'refresh',
  doing: 'Refresh',
  async run({ reset }) {
    reset();
  },
};
