import { noFilter } from '../../views/tree/filter.ts';
import type { Command } from './command.ts';

export const clearFilter: Command = {
  id: 'clearFilter',
  doing: 'Clear the filter',
  run: ({ choices }) => choices.setFilter(noFilter),
};
