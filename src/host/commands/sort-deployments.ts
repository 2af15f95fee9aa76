import { sortOrders, type SortOrder } from '../../views/tree/order.ts';
import type { Command } from './command.ts';
import { pickFrom } from '../pick-from.ts';

const words: Readonly<Record<SortOrder, { readonly label: string; readonly detail: string }>> = {
  failing: {
    label: 'Failing First',
    detail: 'Failing deployments and their namespaces, then what is moving, then by name',
  },
  name: { label: 'By Name', detail: 'Rows never change their places' },
  recent: {
    label: 'Last Changed First',
    detail: 'By the newest time that a deployment, its revisions or its conditions tell',
  },
};

export const sortDeployments: Command = {
  id: 'sortDeployments',
  doing: 'Sort the deployments',
  async run({ choices }) {
    const items = sortOrders.map((order) => ({
      ...words[order],
      ...(order === choices.sort ? { description: 'now' } : {}),
      order,
    }));
    const chosen = await pickFrom(items, {
      title: 'Sort Deployments',
      placeHolder: 'The order of namespaces and of the deployments in them',
    });
    if (chosen !== undefined) await choices.setSort(chosen.order);
  },
};
