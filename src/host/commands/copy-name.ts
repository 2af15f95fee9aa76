import { copyText } from '../copy-text.ts';
import type { Command } from './command.ts';
import { copiedRow } from './copied-row.ts';

export const copyName: Command = {
  id: 'copyName',
  doing: 'Copy the name',
  async run(surroundings, argument) {
    const row = await copiedRow(surroundings, argument, 'Copy Name');
    if (row !== undefined) await copyText(row.name);
  },
};
