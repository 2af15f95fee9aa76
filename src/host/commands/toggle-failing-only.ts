import type { Command } from './command.ts';

/** Hides what is not failing, or shows it again. */
export const toggleFailingOnly: Command = {
  id: 'toggleFailingOnly',
  doing: 'Show failing deployments only',
  async run({ choices }) {
    const { filter } = choices;
    await choices.setFilter({ ...filter, failingOnly: !filter.failingOnly });
  },
};
