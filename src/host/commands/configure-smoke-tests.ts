import { openSettings } from '../settings.ts';
import type { Command } from './command.ts';

export const configureSmokeTests: Command = {
  id: 'configureSmokeTests',
  doing: 'Open the setting of the smoke tests',
  run: () => openSettings('smokeTests'),
};
