import { copyText } from '../copy-text.ts';
import type { Command } from './command.ts';
import { copiedRow } from './copied-row.ts';

/** Copies `namespace/name`. */
export const copyQualifiedName: Command = {
  id: 'copyQualifiedName',
  doing: 'Copy namespace and name',
  async run(surroundings, argument) {
    const row = await copiedRow(surroundings, argument, 'Copy Namespace/Name');
    if (row === undefined) return;
    await copyText(row.namespace === undefined ? row.name : `${row.namespace}/${row.name}`);
  },
};
